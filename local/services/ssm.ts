import { z } from 'zod'
import { ownEntry } from '../own-entry.ts'
import type { LocalSystem } from '../template.ts'
import {
  AwsError,
  type AwsRequest,
  jsonResponse,
  type LocalService,
  unknownOperation,
} from './service.ts'

type Facts = Pick<LocalSystem, 'parameters' | 'region' | 'accountId'>
type Input = AwsRequest['input']

const one = z.object({ Name: z.string() })
const some = z.object({ Names: z.array(z.string()).min(1).max(10) })
const below = z.object({
  Path: z.string(),
  Recursive: z.boolean().default(false),
  MaxResults: z.number().int().min(1).max(10).default(10),
  NextToken: z.coerce.number().default(0),
})

const arnOf = ({ region, accountId }: Facts, name: string): string =>
  `arn:aws:ssm:${region}:${accountId}:parameter/${name.replace(/^\//, '')}`

const parameterOf = (facts: Facts, name: string, startedAt: number) => ({
  Name: name,
  Type: 'String',
  Value: facts.parameters[name],
  Version: 1,
  LastModifiedDate: startedAt,
  ARN: arnOf(facts, name),
  DataType: 'text',
})

function byPath(facts: Facts, input: Input): { readonly names: readonly string[]; next?: string } {
  const { Path, Recursive, MaxResults, NextToken } = below.parse(input)
  const prefix = Path.endsWith('/') ? Path : `${Path}/`
  const all = Object.keys(facts.parameters)
    .filter((name) => name.startsWith(prefix))
    .filter((name) => Recursive || !name.slice(prefix.length).includes('/'))
    .sort()
  const end = NextToken + MaxResults
  return { names: all.slice(NextToken, end), ...(end < all.length && { next: String(end) }) }
}

/** The names, or the path, that a request is about. */
function resourcesOf({ action, input }: AwsRequest): readonly string[] {
  if (action === 'GetParameter') return [one.parse(input).Name]
  if (action === 'GetParameters') return some.parse(input).Names
  if (action === 'GetParametersByPath') return [below.parse(input).Path]
  return ['*']
}

/** Parameter Store with the parameters that the templates declare, for reading. */
export function createSsm(facts: Facts): LocalService {
  const startedAt = Date.now() / 1000
  const found = (name: string) => parameterOf(facts, name, startedAt)
  const operations: Readonly<Record<string, (input: Input) => object>> = {
    GetParameter(input) {
      const { Name } = one.parse(input)
      if (!Object.hasOwn(facts.parameters, Name)) throw new AwsError('ParameterNotFound', '')
      return { Parameter: found(Name) }
    },
    GetParameters(input) {
      const { Names } = some.parse(input)
      const isKnown = (name: string) => Object.hasOwn(facts.parameters, name)
      return {
        Parameters: Names.filter(isKnown).map(found),
        InvalidParameters: Names.filter((name) => !isKnown(name)),
      }
    },
    GetParametersByPath(input) {
      const { names, next } = byPath(facts, input)
      return { Parameters: names.map(found), ...(next && { NextToken: next }) }
    },
  }
  return {
    name: 'ssm',
    conditionKeys: [],
    questions: (request) =>
      resourcesOf(request).map((name) => ({
        action: `ssm:${request.action}`,
        resource: arnOf(facts, name),
        context: {},
      })),
    async serve({ action, input }) {
      const operation = ownEntry(operations, action)
      if (!operation) throw unknownOperation(action)
      return jsonResponse(operation(input))
    },
    close: async () => undefined,
  }
}
