import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { demoConfigurationFile } from '#local/configuration-file.ts'
import { renderTrouble } from '#local/log.ts'
import { startLocalCloud } from '#local/start.ts'
import { freePort } from '../../tools/free-port.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The port that stands for one of the demo's fixed ones, such as 3000, which may be taken. */
    portInsteadOf: Readonly<Record<string, number>>
  }
}

const fixedPort = /(?<=http:\/\/localhost:)\d+/g

/** Starts one local cloud with the demo's tenants; only the ports of the apps are others. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const document = await readFile(demoConfigurationFile, 'utf8')
  const ports: Record<string, number> = {}
  for (const [port] of document.matchAll(fixedPort)) ports[port] ??= await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-examples-'))
  const configFile = join(folder, 'configuration.json')
  await writeFile(
    configFile,
    document.replaceAll(fixedPort, (port) => String(ports[port])),
  )
  const onLog = (line: Parameters<typeof renderTrouble>[0]) => {
    const trouble = renderTrouble(line)
    if (trouble !== undefined) console.error(trouble)
  }
  const cloud = await startLocalCloud({ port: 0, https: false, configFile }, { onLog })
  await rm(folder, { recursive: true })
  project.provide('origin', cloud.origin)
  project.provide('portInsteadOf', ports)
  return cloud.close
}
