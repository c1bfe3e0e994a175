/** An element as text, indented by two spaces for each level; `children` are texts of elements. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly string[] = [],
): string {
  const open = [
    name,
    ...Object.entries(attributes).map(([key, value]) => `${key}="${xml(value)}"`),
  ];
  if (children.length === 0) return `<${open.join(' ')}/>`;
  const inner = children.map((child) => child.replace(/^(?= *<)/gm, '  ')).join('\n');
  return `<${open.join(' ')}>\n${inner}\n</${name}>`;
}

/** An element with nothing but text in it. */
export function textElement(name: string, text: string): string {
  return `<${name}>${xml(text)}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Text with nothing in it that means something in XML, or may not be in XML 1.0 at all. */
function xml(text: string | number): string {
  return String(text)
    .replace(/[&<>"]/g, (letter) => ENTITIES[letter]!)
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '?');
}
