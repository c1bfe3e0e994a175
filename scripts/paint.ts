import { styleText } from 'node:util';
import { noPaint, type Paint, type Tone } from '../checker/report/paint.ts';

const STYLES: Readonly<Record<Tone, Parameters<typeof styleText>[0]>> = {
  good: 'green',
  bad: 'red',
  unsure: 'yellow',
  strong: 'bold',
};

/** Colours for `stream`: as the flag says, or else as NO_COLOR, FORCE_COLOR and the stream do. */
export function paintFor(stream: NodeJS.WriteStream, color: boolean | undefined): Paint {
  if (color === false) return noPaint;
  const options = color === true ? { validateStream: false } : { stream };
  return (tone, text) => styleText(STYLES[tone], text, options);
}
