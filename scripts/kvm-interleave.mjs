#!/usr/bin/env node
// The package ships TypeScript as it is written, and Node 20 cannot load it: tsx has to be
// registered before the first .ts file is imported, so this file must stay plain JavaScript.
import { register } from 'tsx/esm/api';

register();
await import('./main.ts');
