import type { Resource, Stack } from './assembly.ts'
import { ownEntry } from './own-entry.ts'
import { type Identity, identityOf } from './resource-types.ts'
import {
  dynamicReferences,
  noValue,
  pseudoParameter,
  TemplateError,
  type World,
} from './template-world.ts'

/** A stack's template seen from inside. */
export interface Scope {
  readonly stack: Stack
  readonly world: World
}

type Intrinsic = (scope: Scope, argument: unknown, path: string) => unknown

const isRecord = (node: unknown): node is Readonly<Record<string, unknown>> =>
  typeof node === 'object' && node !== null && !Array.isArray(node)

function list(node: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(node)) throw new TemplateError(path, 'a list is expected')
  return node
}

const asText = (node: unknown, path: string): string => {
  if (['string', 'number', 'boolean'].includes(typeof node)) return String(node)
  throw new TemplateError(path, 'a text is expected')
}

const textOf = (scope: Scope, node: unknown, path: string): string =>
  asText(resolve(scope, node, path), path)

/** A parameter of type `AWS::SSM::Parameter::Value<String>` names an SSM parameter by its default. */
function stackParameter(scope: Scope, name: string, path: string): unknown {
  const parameter = ownEntry(scope.stack.template.Parameters, name)
  if (parameter?.Default === undefined) {
    throw new TemplateError(path, `${name} is neither a resource nor a parameter with a default`)
  }
  if (parameter.Type === 'String' || parameter.Type === 'Number') return parameter.Default
  if (parameter.Type !== 'AWS::SSM::Parameter::Value<String>') {
    throw new TemplateError(path, `${name} has the unknown parameter type ${parameter.Type}`)
  }
  return scope.world.parameter(String(parameter.Default))
}

const within = (node: unknown, path: readonly string[]): unknown =>
  path.reduce((inner, name) => (isRecord(inner) ? inner[name] : undefined), node)

/** What the resource of this logical id is called. */
export function identify(scope: Scope, logicalId: string, path: string): Identity {
  const { stack, world } = scope
  const resource = ownEntry(stack.template.Resources, logicalId)
  if (resource === undefined) throw new TemplateError(path, `there is no resource ${logicalId}`)
  const property = (name: string): string | undefined => {
    const node = within(resource.Properties, name.split('.'))
    const place = `${stack.name}.Resources.${logicalId}.Properties.${name}`
    return node === undefined ? undefined : textOf(scope, node, place)
  }
  const naming = { stackName: stack.name, logicalId, ...world, property }
  const identity = identityOf(resource.Type, naming)
  if (identity === undefined) {
    throw new TemplateError(path, `resources of type ${resource.Type} cannot be referred to`)
  }
  return identity
}

function reference(scope: Scope, argument: unknown, path: string): unknown {
  const name = asText(argument, path)
  if (name.startsWith('AWS::')) return pseudoParameter(scope.world, scope.stack.name, name, path)
  if (Object.hasOwn(scope.stack.template.Resources, name)) return identify(scope, name, path).ref
  return stackParameter(scope, name, path)
}

/** The value of an SSM parameter is the one attribute that is a property. */
function attribute(scope: Scope, argument: unknown, path: string): unknown {
  const [logicalId = '', ...rest] =
    typeof argument === 'string'
      ? argument.split('.')
      : list(argument, path).map((part) => textOf(scope, part, path))
  const name = rest.join('.')
  const resource = ownEntry(scope.stack.template.Resources, logicalId)
  if (resource?.Type === 'AWS::SSM::Parameter' && name === 'Value') {
    return textOf(scope, resource.Properties?.['Value'], `${path}.${logicalId}.Value`)
  }
  const value = ownEntry(identify(scope, logicalId, path).attributes, name)
  if (value === undefined) {
    throw new TemplateError(path, `${logicalId} (${resource?.Type}) has no attribute ${name}`)
  }
  return value
}

function substitution(scope: Scope, argument: unknown, path: string): string {
  const [template, variables] = typeof argument === 'string' ? [argument, {}] : list(argument, path)
  return asText(template, path).replaceAll(/\$\{([^}]+)\}/g, (_match, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`
    if (isRecord(variables) && Object.hasOwn(variables, name))
      return textOf(scope, variables[name], path)
    const isAttribute = name.includes('.') && !name.startsWith('AWS::')
    return asText((isAttribute ? attribute : reference)(scope, name, path), path)
  })
}

function join(scope: Scope, argument: unknown, path: string): string {
  const [separator, parts] = list(argument, path)
  return list(resolve(scope, parts, path), path)
    .map((part) => asText(part, path))
    .join(asText(separator, path))
}

function select(scope: Scope, argument: unknown, path: string): unknown {
  const [index, choices] = list(argument, path)
  const chosen = list(resolve(scope, choices, path), path)[Number(textOf(scope, index, path))]
  if (chosen === undefined) throw new TemplateError(path, 'Fn::Select reaches past the end')
  return chosen
}

function split(scope: Scope, argument: unknown, path: string): readonly string[] {
  const [separator, text] = list(argument, path)
  return textOf(scope, text, path).split(asText(separator, path))
}

function choice(scope: Scope, argument: unknown, path: string): unknown {
  const [condition, yes, no] = list(argument, path)
  return resolve(scope, conditionHolds(scope, asText(condition, path), path) ? yes : no, path)
}

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: reference,
  'Fn::GetAtt': attribute,
  'Fn::If': choice,
  'Fn::Join': join,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::Sub': substitution,
}

/** Whether the named entry of the template's `Conditions` is true. */
function conditionHolds(scope: Scope, name: string, path: string): boolean {
  const { Conditions } = scope.stack.template
  if (!Object.hasOwn(Conditions, name))
    throw new TemplateError(path, `there is no condition ${name}`)
  return evaluate(scope, Conditions[name], `${scope.stack.name}.Conditions.${name}`)
}

function evaluate(scope: Scope, node: unknown, path: string): boolean {
  const [[name, argument] = []] = isRecord(node) ? Object.entries(node) : []
  if (name === 'Condition') return conditionHolds(scope, asText(argument, path), path)
  const operands = list(argument, path)
  const operand = (each: unknown): boolean => evaluate(scope, each, path)
  if (name === 'Fn::And') return operands.every(operand)
  if (name === 'Fn::Or') return operands.some(operand)
  if (name === 'Fn::Not') return !operand(operands[0])
  if (name !== 'Fn::Equals') throw new TemplateError(path, `unknown condition function ${name}`)
  const [left, right] = operands.map((each) => JSON.stringify(resolve(scope, each, path)))
  return left === right
}

function resolveRecord(scope: Scope, node: Readonly<Record<string, unknown>>, path: string) {
  const entries = Object.entries(node).map(
    ([name, value]) => [name, resolve(scope, value, `${path}.${name}`)] as const,
  )
  return Object.fromEntries(entries.filter(([, value]) => value !== noValue))
}

/**
 * Replaces every intrinsic function below a node by its value; what is unknown is an error, never a guess.
 *
 * @spec https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 * @throws TemplateError with the place in the template
 */
export function resolve(scope: Scope, node: unknown, path: string): unknown {
  if (typeof node === 'string') return dynamicReferences(scope.world, node, path)
  if (Array.isArray(node)) {
    return node
      .map((item, index) => resolve(scope, item, `${path}[${index}]`))
      .filter((item) => item !== noValue)
  }
  if (!isRecord(node)) return node
  const [name = '', ...others] = Object.keys(node)
  if (others.length > 0 || !/^(?:Ref$|Fn::)/.test(name)) return resolveRecord(scope, node, path)
  const intrinsic = ownEntry(intrinsics, name)
  if (intrinsic === undefined) throw new TemplateError(path, `${name} is not supported`)
  const value = intrinsic(scope, node[name], `${path}.${name}`)
  return typeof value === 'string' ? dynamicReferences(scope.world, value, path) : value
}

/** A resource whose own condition is false does not exist. */
export const exists = (scope: Scope, resource: Resource): boolean =>
  resource.Condition === undefined || conditionHolds(scope, resource.Condition, scope.stack.name)
