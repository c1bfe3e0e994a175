// Node 20 cannot load TypeScript in a worker by itself, so the file that a worker starts with has
// to be plain JavaScript.
import { register } from 'tsx/esm/api';

register();
await import('./helper.ts');
