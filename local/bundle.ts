import { fileURLToPath } from 'node:url'
import { type BuildOptions, build, stop } from 'esbuild'

/** Bundles one file and ends esbuild's own process, which would otherwise stay as long as this one. */
async function bundle(file: string, options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../${file}`, import.meta.url))],
    bundle: true,
    format: 'esm',
    logLevel: 'warning',
    ...options,
    write: false,
  })
  await stop()
  return outputFiles[0]?.text ?? ''
}

/** Bundles a browser's script in memory. @param file from the root of the project */
export const bundleForBrowser = (file: string): Promise<string> =>
  bundle(file, { platform: 'browser', target: 'es2022', minify: true })

/**
 * Bundles a worker's script in memory, as a URL.
 *
 * Loading the TypeScript itself would cost every cold start 20 ms for a compiler of its own.
 */
export async function bundleForWorker(file: string): Promise<URL> {
  const script = await bundle(file, { platform: 'node', target: 'node24' })
  return new URL(`data:text/javascript;base64,${Buffer.from(script).toString('base64')}`)
}
