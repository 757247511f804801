import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'

const record = z.record(z.string(), z.unknown())

const resource = z.looseObject({
  Type: z.string(),
  Properties: record.optional(),
  Condition: z.string().optional(),
})

const template = z.looseObject({
  Resources: z.record(z.string(), resource).default({}),
  Parameters: z
    .record(z.string(), z.looseObject({ Type: z.string(), Default: z.unknown().optional() }))
    .default({}),
  Conditions: record.default({}),
})

const manifest = z.looseObject({
  artifacts: z.record(
    z.string(),
    z.looseObject({
      type: z.string(),
      environment: z.string().optional(),
      properties: z.looseObject({}).optional(),
    }),
  ),
})

const assetManifest = z.looseObject({
  files: z.record(
    z.string(),
    z.looseObject({
      source: z.looseObject({ path: z.string().optional() }),
      destinations: z.record(z.string(), z.looseObject({ objectKey: z.string() })),
    }),
  ),
})

export type Resource = z.infer<typeof resource>
export type Template = z.infer<typeof template>

export interface Stack {
  readonly name: string
  readonly template: Template
}

/** What `cdk deploy` would deploy: the stacks, and where each asset's files are before their upload. */
export interface Assembly {
  readonly stacks: readonly Stack[]
  /** Object key in the bootstrap bucket -> absolute path. */
  readonly assets: ReadonlyMap<string, string>
  readonly accountId: string
  readonly region: string
}

const readJson = (directory: string, file: string): unknown =>
  JSON.parse(readFileSync(join(directory, file), 'utf8'))

const text = (properties: object | undefined, name: string): string =>
  z.string().parse(Reflect.get(properties ?? {}, name))

function readAssets(directory: string, file: string): readonly (readonly [string, string])[] {
  const { files } = assetManifest.parse(readJson(directory, file))
  return Object.values(files).flatMap(({ source, destinations }) =>
    Object.values(destinations).map(
      ({ objectKey }) => [objectKey, resolve(directory, source.path ?? '')] as const,
    ),
  )
}

/** Account and Region of an environment-agnostic assembly are made up, as those of a test account. */
function environmentOf(environments: readonly (string | undefined)[]) {
  const [, account, region] =
    /^aws:\/\/(\d{12}|unknown-account)\/([\w-]+)$/.exec(environments[0] ?? '') ?? []
  return {
    accountId: account === undefined || account === 'unknown-account' ? '000000000000' : account,
    region: region === undefined || region === 'unknown-region' ? 'us-east-1' : region,
  }
}

/** Reads a synthesized cloud assembly: `manifest.json`, the stacks' templates and the asset manifests. */
export function readAssembly(directory: string): Assembly {
  const artifacts = Object.entries(
    manifest.parse(readJson(directory, 'manifest.json')).artifacts,
  ).map(([id, artifact]) => ({ id, ...artifact }))
  const stacks = artifacts.filter(({ type }) => type === 'aws:cloudformation:stack')
  if (stacks.length === 0) throw new Error(`${directory} holds no CloudFormation stack`)
  const assets = artifacts
    .filter(({ type }) => type === 'cdk:asset-manifest')
    .flatMap(({ properties }) => readAssets(directory, text(properties, 'file')))
  return {
    stacks: stacks.map(({ id, properties }) => ({
      name: z.string().parse(properties?.['stackName'] ?? id),
      template: template.parse(readJson(directory, text(properties, 'templateFile'))),
    })),
    assets: new Map(assets),
    ...environmentOf(stacks.map(({ environment }) => environment)),
  }
}
