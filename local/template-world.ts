/** What a template refers to outside of itself. */
export interface World {
  readonly accountId: string
  readonly region: string
  /** Value of an SSM parameter that some stack declares. */
  readonly parameter: (name: string) => string
  /** The value, or one member of it, of a secret that some stack generates. */
  readonly secret: (arn: string, jsonKey: string) => string
}

/** A template that cannot be resolved; the message begins with the place. */
export class TemplateError extends Error {
  constructor(path: string, message: string) {
    super(`${path}: ${message}`)
    this.name = 'TemplateError'
  }
}

/** Removes the property that it is the value of. */
export const noValue: unique symbol = Symbol('AWS::NoValue')

/** @spec https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
export function pseudoParameter(world: World, stackName: string, name: string, path: string) {
  const { accountId, region } = world
  const values: Readonly<Record<string, string | typeof noValue>> = {
    'AWS::AccountId': accountId,
    'AWS::NoValue': noValue,
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/local`,
    'AWS::StackName': stackName,
    'AWS::URLSuffix': 'amazonaws.com',
  }
  const value = values[name]
  if (value === undefined) throw new TemplateError(path, `unknown pseudo parameter ${name}`)
  return value
}

/**
 * Replaces `{{resolve:ssm:...}}` and `{{resolve:secretsmanager:...}}`.
 *
 * @spec https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export const dynamicReferences = (world: World, text: string, path: string): string =>
  text.replaceAll(/\{\{resolve:([\w-]+):(.*?)\}\}/g, (_match, service, rest: string) => {
    if (service === 'ssm') return world.parameter(rest.replace(/:\d+$/, ''))
    const [, arn, jsonKey = ''] = /^(.*):SecretString(?::([^:]*).*)?$/.exec(rest) ?? []
    if (service === 'secretsmanager' && arn) return world.secret(arn, jsonKey)
    throw new TemplateError(path, `unknown dynamic reference to ${service}`)
  })
