import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { basename, join } from 'node:path'
import { type BuildResult, build, type Plugin } from 'esbuild'
import { type Endpoint, endpoints } from '#infra/endpoints.ts'
import { workers } from '#infra/workers.ts'

type Entries = Readonly<Record<string, Pick<Endpoint, 'entry'>>>

interface Paths {
  readonly root: string
  readonly target: string
}

const root = join(import.meta.dirname, '..')

/** Where the functions are built to: one folder per endpoint or worker, named after it. */
export const functionsDirectory = join(root, 'build/functions')

/**
 * What people and clients wait for at every login.
 *
 * Each chunk is a file to find and to compile, and the more functions share their code, the more chunks
 * there are: bundled alone, a function loads from half the files, in three quarters of the time.
 */
const bundledAlone: ReadonlySet<string> = new Set([
  'oauth2.authorize',
  'oauth2.token',
  'oauth2.userinfo',
  'signin.password',
])

/** Builds every function of both tables, each into a folder of its own. */
export async function buildFunctions(): Promise<void> {
  await buildEntries({ ...endpoints, ...workers }, { root, target: functionsDirectory })
}

/** Bundles the entries together, but for some, and gives each the chunks that it reaches. */
export async function buildEntries(entries: Entries, paths: Paths): Promise<void> {
  requireEntries(entries, paths.root)
  await removeOthers(paths.target, new Set(Object.keys(entries)))
  await Promise.all(groupsOf(entries).map((group) => buildGroup(group, paths)))
}

function groupsOf(entries: Entries): readonly Entries[] {
  const groups = Map.groupBy(Object.entries(entries), ([name]) =>
    bundledAlone.has(name) ? name : 'together',
  )
  return [...groups.values()].map((group) => Object.fromEntries(group))
}

async function buildGroup(group: Entries, paths: Paths): Promise<void> {
  const result = await bundle(group, paths)
  await Promise.all(
    Object.keys(group).map((name) => writeFunction(name, result, join(paths.target, name))),
  )
}

function requireEntries(entries: Entries, from: string): void {
  const missing = Object.entries(entries)
    .filter(([, { entry }]) => !existsSync(join(from, entry)))
    .map(([name, { entry }]) => `${name}: ${entry}`)
  if (missing.length > 0) throw new Error(`Entries do not exist:\n  ${missing.join('\n  ')}`)
}

type Bundle = BuildResult<{ metafile: true; write: false }>

/** Names of functions and classes are kept by not minifying identifiers: see docs/decisions/0010. */
const bundle = (entries: Entries, { root, target }: Paths): Promise<Bundle> =>
  build({
    absWorkingDir: root,
    entryPoints: Object.entries(entries).map(([out, { entry }]) => ({ in: entry, out })),
    outdir: target,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunk-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    sourcemap: false,
    metafile: true,
    write: false,
    logLevel: 'warning',
    plugins: [builtins],
  })

/**
 * Takes Node's own modules from `process.getBuiltinModule`, as `require` would.
 *
 * An `import` of one builds a facade that reads every getter of the module, 35 ms for `node:http`.
 * A dynamic one stays as it is: esbuild would make it a chunk without the names of the module.
 */
const builtins: Plugin = {
  name: 'builtins',
  setup: (hooks) => {
    const name = new RegExp(`^(node:.+|${builtinModules.join('|')})$`)
    hooks.onResolve({ filter: name }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, external: true } : { path, namespace: 'builtin' },
    )
    hooks.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)})`,
      loader: 'js',
    }))
  },
}

async function writeFunction(name: string, result: Bundle, folder: string): Promise<void> {
  const reached = filesOf(`${name}.mjs`, result.metafile)
  const outputs = result.outputFiles
    .map(({ path, contents }) => ({ file: basename(path), contents }))
    .filter(({ file }) => reached.has(file))
    .map(({ file, contents }) => ({ contents, file: file === `${name}.mjs` ? 'index.mjs' : file }))
  await removeOthers(folder, new Set(outputs.map(({ file }) => file)))
  await Promise.all(outputs.map(({ file, contents }) => writeChanged(join(folder, file), contents)))
}

/** Makes the folder, or removes what does not belong there any more. */
async function removeOthers(folder: string, names: ReadonlySet<string>): Promise<void> {
  await mkdir(folder, { recursive: true })
  const others = (await readdir(folder)).filter((name) => !names.has(name))
  await Promise.all(others.map((name) => rm(join(folder, name), { recursive: true, force: true })))
}

/** Leaves a file alone that is as it should be: somebody else may be reading it. */
async function writeChanged(path: string, contents: Uint8Array): Promise<void> {
  const present = await readFile(path).catch(() => undefined)
  if (!present?.equals(contents)) await writeFile(path, contents)
}

/** Answers the names of an output and of all chunks that it imports, directly or through others. */
function filesOf(entry: string, { outputs }: Bundle['metafile']): ReadonlySet<string> {
  const imports = new Map(
    Object.entries(outputs).map(([path, output]) => [
      basename(path),
      output.imports.filter((found) => !found.external).map((found) => basename(found.path)),
    ]),
  )
  const reached = new Set([entry])
  for (const file of reached) for (const next of imports.get(file) ?? []) reached.add(next)
  return reached
}

if (import.meta.main) await buildFunctions()
