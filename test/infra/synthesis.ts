import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App, type Stack } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { afterAll } from 'vitest'
import { z } from 'zod'
import { Sallyport } from '#infra/constructs/sallyport.ts'
import { endpoints } from '#infra/endpoints.ts'
import type { ApiSettings } from '#infra/stacks/api.ts'
import { workers } from '#infra/workers.ts'
import cdk from '../../cdk.json' with { type: 'json' }

const resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
})

const template = z.looseObject({
  Resources: z.record(z.string(), resource),
  Parameters: z.record(z.string(), z.looseObject({ Type: z.string() })),
  Outputs: z.record(z.string(), z.looseObject({ Value: z.unknown() })).default({}),
})

export type Resource = z.infer<typeof resource>
export type StackTemplate = z.infer<typeof template>

type PerStack<Value> = Readonly<Record<'data' | 'audit' | 'api' | 'workers', Value>>

interface Synthesis extends PerStack<StackTemplate> {
  readonly app: App
  readonly stacks: PerStack<Stack>
}

const directory = mkdtempSync(join(tmpdir(), 'sallyport-infra-'))
afterAll(() => rmSync(directory, { recursive: true }))

/** Stands in for what `tools/build.ts` writes: here only the wiring counts. */
for (const name of Object.keys({ ...endpoints, ...workers })) {
  mkdirSync(join(directory, 'functions', name), { recursive: true })
  writeFileSync(join(directory, 'functions', name, 'index.mjs'), `export const name = '${name}'\n`)
}

/** Puts the system together as `infra/app.ts` does, without reading its templates yet. */
export function assemble(settings: Partial<ApiSettings> = {}) {
  const app = new App({ context: cdk.context, outdir: mkdtempSync(join(directory, 'cdk.out-')) })
  const functionsDirectory = join(directory, 'functions')
  return { app, stacks: new Sallyport(app, 'Sallyport', { functionsDirectory, ...settings }) }
}

export function synthesize(settings: Partial<ApiSettings> = {}): Synthesis {
  const { app, stacks } = assemble(settings)
  const read = (stack: Stack) => template.parse(Template.fromStack(stack).toJSON())
  const { data, audit, api, workers } = stacks
  return {
    app,
    stacks,
    data: read(data),
    audit: read(audit),
    api: read(api),
    workers: read(workers),
  }
}

/** Answers the resources of a type by their logical ids. */
export const ofType = (
  { Resources }: StackTemplate,
  type: string,
): readonly (readonly [string, Resource])[] =>
  Object.entries(Resources).filter(([, { Type }]) => Type === type)

/** Answers the only resource of a type. */
export function theOnly(of: StackTemplate, type: string): Resource {
  const [first, ...more] = ofType(of, type)
  if (first === undefined || more.length > 0) throw new Error(`Not exactly one ${type}`)
  return first[1]
}
