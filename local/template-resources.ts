import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Assembly } from './assembly.ts'
import { exists, identify, resolve, type Scope } from './intrinsics.ts'
import { TemplateError, type World } from './template-world.ts'

/** A resource that one of the stacks declares; what is read of it is resolved, and nothing else. */
export interface Declared {
  readonly type: string
  readonly logicalId: string
  /** Stack and logical id, for messages. */
  readonly path: string
  ref(): string
  attribute(name: string): string
  read<S extends z.ZodObject>(schema: S): z.infer<S>
}

function declare(scope: Scope, logicalId: string, type: string): Declared {
  const path = `${scope.stack.name}.Resources.${logicalId}`
  const properties = scope.stack.template.Resources[logicalId]?.Properties ?? {}
  return {
    type,
    logicalId,
    path,
    ref: () => identify(scope, logicalId, path).ref,
    attribute(name) {
      const value = identify(scope, logicalId, path).attributes[name]
      if (value === undefined) throw new TemplateError(path, `there is no attribute ${name}`)
      return value
    },
    read(schema) {
      const present = Object.keys(schema.shape).filter((name) => name in properties)
      const resolved = present.map(
        (name) => [name, resolve(scope, properties[name], `${path}.Properties.${name}`)] as const,
      )
      const parsed = schema.safeParse(Object.fromEntries(resolved))
      if (parsed.success) return parsed.data
      throw new TemplateError(path, z.prettifyError(parsed.error))
    },
  }
}

const parameterSchema = z.object({ Name: z.string(), Value: z.string() })

const secretSchema = z.object({
  GenerateSecretString: z.object({ PasswordLength: z.coerce.number().default(32) }),
})

/** One random value per secret and member, as long as the secret asks for, of letters and digits. */
function secretValues(all: () => readonly Declared[]): World['secret'] {
  const values = new Map<string, string>()
  return (arn, jsonKey) => {
    const secret = all().find((each) => each.type === secretType && each.ref() === arn)
    if (!secret) throw new TemplateError(arn, 'no stack declares this secret')
    const { PasswordLength } = secret.read(secretSchema).GenerateSecretString
    const value = values.get(`${arn}:${jsonKey}`) ?? randomBytes(PasswordLength).toString('hex')
    values.set(`${arn}:${jsonKey}`, value)
    return value.slice(0, PasswordLength)
  }
}

const secretType = 'AWS::SecretsManager::Secret'
const parameterType = 'AWS::SSM::Parameter'

export type Parameters = Readonly<Record<string, string>>

/** Values of all SSM parameters; where the local cloud knows better, its own value stands. */
export function readParameters(all: readonly Declared[], overrides: Parameters): Parameters {
  const declared = ofType(all, parameterType).map((each) => {
    const name = each.ref()
    return [name, overrides[name] ?? each.read(parameterSchema).Value] as const
  })
  return Object.fromEntries(declared)
}

/** Every resource of every stack, each able to resolve what it refers to, across stacks too. */
export function declaredResources(assembly: Assembly, overrides: Parameters): readonly Declared[] {
  const parameter = (name: string): string => {
    const found = all.find((each) => each.type === parameterType && each.ref() === name)
    if (!found) throw new TemplateError(name, 'no stack declares this SSM parameter')
    return overrides[name] ?? found.read(parameterSchema).Value
  }
  const { accountId, region } = assembly
  const world: World = { accountId, region, parameter, secret: secretValues(() => all) }
  const all: readonly Declared[] = assembly.stacks.flatMap((stack) => {
    const scope = { stack, world }
    return Object.entries(stack.template.Resources)
      .filter(([, resource]) => exists(scope, resource))
      .map(([logicalId, resource]) => declare(scope, logicalId, resource.Type))
  })
  return all
}

export const ofType = (all: readonly Declared[], ...types: readonly string[]) =>
  all.filter(({ type }) => types.includes(type))
