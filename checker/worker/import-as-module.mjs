// A loader hook. In a folder whose package.json does not say "type": "module", Node takes a .ts
// file for CommonJS, and the model would then get a second copy of the engine through `require`,
// with variables that the first copy does not know.
export async function resolve(specifier, context, nextResolve) {
  const resolved = await nextResolve(specifier, context);
  return /\.ts(\?|$)/.test(resolved.url) ? { ...resolved, format: 'module' } : resolved;
}
