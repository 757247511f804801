/** The layers of the architecture, inner ones first. */
export type Layer =
  | 'kernel'
  | 'rules'
  | 'ports'
  | 'flows'
  | 'adapters'
  | 'runtime'
  | 'entries'
  | 'infra'
  | 'local'
  | 'demo'
  | 'examples'
  | 'tools'
  | 'bench'
  | 'tests'

/** First match wins; a file in `shared/<area>/` or in any part of it but `flows` is a rule. */
const layers: readonly (readonly [RegExp, Layer])[] = [
  [/\.test\.ts$|^test\/|^vitest\.config\.ts$/, 'tests'],
  [/^shared\/kernel\//, 'kernel'],
  [/^shared\/ports\//, 'ports'],
  [/^shared\/(store|aws|node)\//, 'adapters'],
  [/^shared\/[^/]+\/flows\//, 'flows'],
  [/^shared\/[^/]+\//, 'rules'],
  [/^functions\/_runtime\//, 'runtime'],
  [/^functions\//, 'entries'],
  [/^infra\//, 'infra'],
  [/^local\//, 'local'],
  [/^demo\//, 'demo'],
  [/^examples\//, 'examples'],
  [/^tools\//, 'tools'],
  [/^bench\//, 'bench'],
]

export const layerOf = (path: string): Layer | undefined =>
  layers.find(([pattern]) => pattern.test(path))?.[1]

/** Who may import whom. Tests may import anything. */
export const mayImport: Readonly<Record<Exclude<Layer, 'tests'>, readonly Layer[]>> = {
  kernel: ['kernel'],
  rules: ['kernel', 'rules'],
  ports: ['kernel', 'rules', 'ports'],
  flows: ['kernel', 'rules', 'ports', 'flows'],
  adapters: ['kernel', 'rules', 'ports', 'adapters'],
  runtime: ['kernel', 'rules', 'ports', 'flows', 'adapters', 'runtime'],
  entries: ['rules', 'flows', 'runtime'],
  infra: ['kernel', 'rules', 'infra', 'tools'],
  local: ['kernel', 'rules', 'ports', 'flows', 'adapters', 'tools', 'local'],
  demo: ['demo'],
  examples: [],
  tools: ['kernel', 'rules', 'ports', 'flows', 'adapters', 'infra', 'tools', 'bench'],
  bench: ['kernel', 'rules', 'ports', 'flows', 'adapters', 'infra', 'local', 'tools', 'bench'],
}

/** The areas of `shared/`, or single files of them, that an area may import; kernel and ports are open to all. */
export const mayUseArea: Readonly<Record<string, readonly string[]>> = {
  audit: [],
  directory: [],
  jose: [],
  metrics: [],
  tenant: ['jose'],
  authn: ['audit', 'directory', 'tenant'],
  consent: ['audit', 'tenant'],
  keys: ['audit', 'jose', 'tenant'],
  session: ['audit', 'directory', 'tenant'],
  signin: ['audit', 'authn', 'consent', 'directory', 'session', 'tenant', 'oauth/client/client.ts'],
  oauth: ['audit', 'consent', 'directory', 'jose', 'session', 'tenant'],
  oidc: ['audit', 'consent', 'directory', 'jose', 'oauth', 'session', 'signin', 'tenant'],
  configuration: ['audit', 'authn', 'directory', 'jose', 'keys', 'oauth', 'session', 'tenant'],
}

const areaPattern = /^shared\/(?!kernel\/|ports\/|store\/|aws\/|node\/)([^/]+)\//

export const areaOf = (path: string): string | undefined => areaPattern.exec(path)?.[1]

/** Where each package may be imported; a package that is not listed here is for tests and tools alone. */
export const packageHomes: Readonly<Record<string, RegExp>> = {
  '@aws-sdk': /^(shared\/(store|aws)|local|tools|bench)\//,
  '@middy/core': /^functions\/_runtime\//,
  'aws-lambda': /^(functions\/_runtime|local|bench)\//,
  'aws-cdk-lib': /^infra\//,
  'cdk-nag': /^infra\//,
  constructs: /^infra\//,
  esbuild: /^(tools|local)\//,
  '@duckdb/node-api': /^local\//,
  '@noble/curves': /^local\//,
  '@noble/post-quantum': /^local\//,
  'oidc-provider': /^bench\//,
  oauth4webapi: /^demo\//,
  jose: /^shared\/(jose|aws|node)\//,
  selfsigned: /^local\//,
  zod: /^(shared|functions\/_runtime|local|bench|infra)\//,
}
