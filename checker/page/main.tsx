import { render } from 'preact';
import type { Exhibit } from '../report/exhibit.ts';
import { App } from './app.tsx';

const exhibit = JSON.parse(document.getElementById('exhibit')!.textContent!) as Exhibit;
render(<App exhibit={exhibit} />, document.getElementById('page')!);
