/** What a stretch of a report means to its reader: renderers choose a colour for it, or none. */
export type Tone = 'good' | 'bad' | 'unsure' | 'strong';

/** Decorates text without changing what it says. */
export type Paint = (tone: Tone, text: string) => string;

/** Leaves text as it is. */
export const noPaint: Paint = (_tone, text) => text;
