import type { CodeFile } from './code.ts'

/**
 * The packages that a file loads when it runs, itself or through what it imports, each with the first file
 * that names it; `atOnce` leaves out what is imported only when it is needed.
 */
export function packagesReached(
  files: readonly CodeFile[],
  from: readonly string[],
  { atOnce = false } = {},
): ReadonlyMap<string, string> {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const reached = new Set(from)
  const packages = new Map<string, string>()
  for (const path of reached) {
    for (const { target, isType, isLazy } of byPath.get(path)?.imports ?? []) {
      if (isType || (atOnce && isLazy) || target.startsWith('node:')) continue
      if (byPath.has(target)) reached.add(target)
      else if (!packages.has(target)) packages.set(target, path)
    }
  }
  return packages
}
