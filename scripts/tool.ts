import packageJson from '../package.json' with { type: 'json' };

/** Who writes a report: name and version. */
export const TOOL = `${packageJson.name} ${packageJson.version}`;
