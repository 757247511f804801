import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'

export interface StoredObject {
  readonly key: string
  readonly size: number
  readonly lastModified: Date
}

/** Buckets as folders: an object appears whole, under its own key, or not at all. */
export interface S3Files {
  /** @returns false when there is one already and none was to be replaced */
  put(bucket: string, key: string, body: Buffer, onlyNew: boolean): Promise<boolean>
  get(bucket: string, key: string): Promise<{ body: Buffer; lastModified: Date } | undefined>
  /** All objects below a prefix, in the order of their keys' bytes. */
  list(bucket: string, prefix: string): Promise<readonly StoredObject[]>
  /** The folder that holds a bucket's objects. */
  folderOf(bucket: string): string
}

/** Names that a file system takes differently than S3 does. */
const encodeSegment = (segment: string): string =>
  segment === '' || /^\.+$/.test(segment)
    ? `%${Buffer.from(segment).toString('hex') || '00'}`
    : segment.replaceAll(/[%\0\\:*?"<>|]/g, (character) => encodeURIComponent(character))

const decodeSegment = (name: string): string => {
  if (name === '%00') return ''
  if (/^%(2e)+$/.test(name)) return Buffer.from(name.slice(1), 'hex').toString()
  return decodeURIComponent(name)
}

const byBytes = (left: StoredObject, right: StoredObject): number =>
  Buffer.compare(Buffer.from(left.key), Buffer.from(right.key))

export function createS3Files(directory: string): S3Files {
  const uploads = join(directory, 'uploads')
  const folderOf = (bucket: string) => join(directory, 'buckets', encodeSegment(bucket))
  const fileOf = (bucket: string, key: string) =>
    join(folderOf(bucket), ...key.split('/').map(encodeSegment))
  const objectOf = async (folder: string, file: string): Promise<StoredObject> => {
    const { size, mtime } = await stat(file)
    const key = relative(folder, file).split(sep).map(decodeSegment).join('/')
    return { key, size, lastModified: mtime }
  }
  return {
    folderOf,
    async put(bucket, key, body, onlyNew) {
      const [file, upload] = [fileOf(bucket, key), join(uploads, randomUUID())]
      await Promise.all([dirname(file), uploads].map((path) => mkdir(path, { recursive: true })))
      await writeFile(upload, body)
      return onlyNew ? appear(upload, file) : rename(upload, file).then(() => true)
    },
    async get(bucket, key) {
      const file = fileOf(bucket, key)
      if (!existsSync(file)) return undefined
      const [body, { mtime }] = await Promise.all([readFile(file), stat(file)])
      return { body, lastModified: mtime }
    },
    async list(bucket, prefix) {
      const folder = folderOf(bucket)
      if (!existsSync(folder)) return []
      const entries = await readdir(folder, { recursive: true, withFileTypes: true })
      const files = entries.filter((entry) => entry.isFile())
      const all = await Promise.all(
        files.map(({ parentPath, name }) => objectOf(folder, join(parentPath, name))),
      )
      return all.filter(({ key }) => key.startsWith(prefix)).toSorted(byBytes)
    },
  }
}

/** A link fails where a name is taken, and of two at once one wins. */
async function appear(upload: string, file: string): Promise<boolean> {
  try {
    await link(upload, file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    await rm(upload, { force: true })
  }
}
