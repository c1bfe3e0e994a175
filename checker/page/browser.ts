import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';

/** Chromium looks for hosts of its own at every start unless told not to. */
const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** For tests: a browser that opens pages from disk. */
export class TestBrowser {
  private readonly folder = mkdtempSync(join(tmpdir(), 'page-'));
  private readonly browser: Browser;

  private constructor(browser: Browser) {
    this.browser = browser;
  }

  /** @throws Error with what to install if there is no browser */
  static async launch(): Promise<TestBrowser> {
    if (!existsSync(CHROMIUM)) {
      throw new Error(`there is no ${CHROMIUM}; install the package chromium (apt-get install)`);
    }
    return new TestBrowser(await chromium.launch({ executablePath: CHROMIUM, args: FLAGS }));
  }

  /** Opens a page from disk, with no network. What it complains of goes to `complaints`. */
  async open(
    html: string,
    complaints: string[],
    options: BrowserContextOptions = {},
  ): Promise<Page> {
    const path = join(this.folder, 'page.html');
    writeFileSync(path, html);
    return this.visit(pathToFileURL(path).href, complaints, { offline: true, ...options });
  }

  /** Opens the page at an address. */
  async visit(
    address: string,
    complaints: string[],
    options: BrowserContextOptions = {},
  ): Promise<Page> {
    const viewport = { width: 1400, height: 1000 };
    const context = await this.browser.newContext({ viewport, ...options });
    const page = await context.newPage();
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('request', (request) => {
      if (!request.url().startsWith(address)) complaints.push(`asks for ${request.url()}`);
    });
    await page.goto(address);
    return page;
  }

  async close(): Promise<void> {
    await this.browser.close();
    rmSync(this.folder, { recursive: true });
  }
}
