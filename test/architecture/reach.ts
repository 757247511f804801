import type { CodeFile } from './code.ts'

/** The packages that a file loads when it runs, itself or through what it imports, each with the first file that names it. */
export function packagesReached(
  files: readonly CodeFile[],
  from: readonly string[],
): ReadonlyMap<string, string> {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const reached = new Set(from)
  const packages = new Map<string, string>()
  for (const path of reached) {
    for (const { target, isType } of byPath.get(path)?.imports ?? []) {
      if (isType || target.startsWith('node:')) continue
      if (byPath.has(target)) reached.add(target)
      else if (!packages.has(target)) packages.set(target, path)
    }
  }
  return packages
}
