import type { TestProject } from 'vitest/node'
import { startLocalCloud } from '#local/start.ts'
import { writeTwinDocument } from '../support/twin-tenant.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The local cloud whose clock the tests of keys turn. */
    clockedOrigin: string
  }
}

/** Starts a local cloud of its own: nobody else may have its time turned. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const document = await writeTwinDocument(
    new URL('../support/configuration.json', import.meta.url),
  )
  const cloud = await startLocalCloud({ port: 0, https: false, configFile: document.file })
  await document.remove()
  project.provide('clockedOrigin', cloud.origin)
  return cloud.close
}
