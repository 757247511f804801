const kebabCase = /^_?[a-z0-9]+(-[a-z0-9]+)*(\.(test|contract|config))?\.ts$/

/** Names that say nothing about what is inside. */
const emptyName = /^(index|utils?|helpers?|common|misc|lib)$/

/** Files whose name, or the name of a folder above them, breaks the layout. */
export const badNames = (paths: readonly string[]): string[] =>
  paths.filter((path) => {
    const words = path.replace(/(\.test)?\.ts$/, '').split('/')
    const name = path.slice(path.lastIndexOf('/') + 1)
    return !kebabCase.test(name) || words.some((word) => emptyName.test(word))
  })

/**
 * The folder whose README answers for a file: an area of `shared`, `functions` or `test`, else the top folder.
 *
 * Folders inside an area (`flows`, `messages`, `grants`, ...) are described by the area's README.
 */
export const answeringFolder = (path: string): string | undefined =>
  /^(shared|functions|test)\/[^/]+(?=\/)|^[^/]+(?=\/)/.exec(path)?.[0]

export const foldersWithCode = (paths: readonly string[]): string[] => [
  ...new Set(paths.map(answeringFolder).filter((folder) => folder !== undefined)),
]
