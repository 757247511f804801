import { z } from 'zod'
import { functionNamesByRef, functionReferredTo } from './template-edge.ts'
import { type Declared, ofType } from './template-resources.ts'
import { TemplateError } from './template-world.ts'

/** What makes a table's stream call a function. */
export interface LocalEventSource {
  readonly id: string
  readonly functionName: string
  readonly streamArn: string
  readonly batchSize: number
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST'
  /** Event patterns as JSON texts; a record passes when one of them matches. */
  readonly filters: readonly string[]
  readonly reportsBatchItemFailures: boolean
  readonly bisectsOnError: boolean
  /** -1 is without end. */
  readonly maximumRetryAttempts: number
  /** -1 is without end. */
  readonly maximumRecordAgeInSeconds: number
  /** ARN of the queue that is told of discarded batches. */
  readonly onFailure: string | undefined
}

/** What makes the messages of a queue call a function. */
export interface LocalQueueSource {
  readonly functionName: string
  readonly queueArn: string
  readonly batchSize: number
  readonly reportsBatchItemFailures: boolean
}

/** What mappings of every kind have. */
const anyMapping = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
})

const queueMapping = anyMapping.extend({ BatchSize: z.coerce.number().default(10) })

const mappingSchema = anyMapping.extend({
  BatchSize: z.coerce.number().default(100),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']),
  FilterCriteria: z
    .object({ Filters: z.array(z.object({ Pattern: z.string() })).default([]) })
    .optional(),
  BisectBatchOnFunctionError: z.boolean().default(false),
  MaximumRetryAttempts: z.coerce.number().default(-1),
  MaximumRecordAgeInSeconds: z.coerce.number().default(-1),
  DestinationConfig: z
    .object({ OnFailure: z.object({ Destination: z.string() }).optional() })
    .optional(),
})

/** The mappings whose source belongs to the service. */
const mappingsOf = (all: readonly Declared[], service: 'dynamodb' | 'sqs') =>
  ofType(all, 'AWS::Lambda::EventSourceMapping').filter((each) =>
    each.read(anyMapping).EventSourceArn.startsWith(`arn:aws:${service}:`),
  )

export function readQueueSources(all: readonly Declared[]): readonly LocalQueueSource[] {
  const names = functionNamesByRef(all)
  return mappingsOf(all, 'sqs').map((each) => {
    const mapping = each.read(queueMapping)
    return {
      functionName: nameIn(names, mapping.FunctionName, each),
      queueArn: mapping.EventSourceArn,
      batchSize: mapping.BatchSize,
      reportsBatchItemFailures: mapping.FunctionResponseTypes.length > 0,
    }
  })
}

export function readEventSources(all: readonly Declared[]): readonly LocalEventSource[] {
  const names = functionNamesByRef(all)
  return mappingsOf(all, 'dynamodb').map((each) => {
    const mapping = each.read(mappingSchema)
    return {
      id: each.ref(),
      functionName: nameIn(names, mapping.FunctionName, each),
      streamArn: mapping.EventSourceArn,
      batchSize: mapping.BatchSize,
      startingPosition: mapping.StartingPosition,
      filters: (mapping.FilterCriteria?.Filters ?? []).map(({ Pattern }) => Pattern),
      reportsBatchItemFailures: mapping.FunctionResponseTypes.length > 0,
      bisectsOnError: mapping.BisectBatchOnFunctionError,
      maximumRetryAttempts: mapping.MaximumRetryAttempts,
      maximumRecordAgeInSeconds: mapping.MaximumRecordAgeInSeconds,
      onFailure: mapping.DestinationConfig?.OnFailure?.Destination,
    }
  })
}

function nameIn(names: ReadonlyMap<string, string>, reference: string, each: Declared): string {
  const name = names.get(functionReferredTo(reference) ?? reference)
  if (name === undefined) throw new TemplateError(each.path, `${reference} is no function`)
  return name
}

/** A rule of EventBridge that calls functions at fixed times. */
export interface LocalSchedule {
  readonly name: string
  readonly arn: string
  readonly expression: string
  readonly isEnabled: boolean
  readonly targets: readonly {
    readonly id: string
    readonly functionName: string
    /** The event instead of the scheduled one, as JSON. */
    readonly input: string | undefined
  }[]
}

const ruleSchema = z.object({
  ScheduleExpression: z.string().optional(),
  State: z.string().default('ENABLED'),
  Targets: z
    .array(z.object({ Id: z.string(), Arn: z.string(), Input: z.string().optional() }))
    .default([]),
})

export function readSchedules(all: readonly Declared[]): readonly LocalSchedule[] {
  const names = functionNamesByRef(all)
  return ofType(all, 'AWS::Events::Rule').flatMap((each) => {
    const { ScheduleExpression: expression, State, Targets } = each.read(ruleSchema)
    if (expression === undefined) return []
    const targets = Targets.map(({ Id: id, Arn, Input: input }) => ({
      id,
      functionName: nameIn(names, Arn, each),
      input,
    }))
    const isEnabled = State === 'ENABLED'
    return [{ name: each.ref(), arn: each.attribute('Arn'), expression, isEnabled, targets }]
  })
}

export interface LocalQueue {
  readonly name: string
  readonly url: string
  readonly arn: string
  /** How long a message is hidden that was handed out. */
  readonly visibilitySeconds: number
  /** Where a message goes that was handed out too often. */
  readonly redrive: { readonly deadLetterArn: string; readonly maximalReceives: number } | undefined
}

const queueSchema = z.object({
  VisibilityTimeout: z.coerce.number().default(30),
  RedrivePolicy: z
    .object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() })
    .optional(),
})

export const readQueues = (all: readonly Declared[]): readonly LocalQueue[] =>
  ofType(all, 'AWS::SQS::Queue').map((each) => {
    const { VisibilityTimeout: visibilitySeconds, RedrivePolicy: redrive } = each.read(queueSchema)
    return {
      name: each.attribute('QueueName'),
      url: each.ref(),
      arn: each.attribute('Arn'),
      visibilitySeconds,
      redrive: redrive && {
        deadLetterArn: redrive.deadLetterTargetArn,
        maximalReceives: redrive.maxReceiveCount,
      },
    }
  })
