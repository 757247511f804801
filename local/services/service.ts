import type { PolicyStatement } from '../iam.ts'

/** One call of the SDK, after its caller and its service have been recognised. */
export interface AwsRequest {
  /** As the API names it, such as `GetItem`. */
  readonly action: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** The body, parsed. */
  readonly input: Readonly<Record<string, unknown>>
}

/** What DynamoDB charges for a call. */
export interface Capacity {
  readonly readUnits: number
  readonly writeUnits: number
}

export interface AwsResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** For whoever adds up; it is not sent. */
  readonly capacity?: Capacity
}

export type ContextValues = Readonly<Record<string, string | readonly string[] | undefined>>

/** What IAM has to be asked before a call is served. */
export interface Question {
  /** As policies name it, such as `dynamodb:GetItem`. */
  readonly action: string
  readonly resource: string
  readonly context: ContextValues
  /** The resource's own policy, where it has one that decides too. */
  readonly keyPolicy?: readonly PolicyStatement[]
  /** Asked on behalf of another service, which makes the call itself. */
  readonly implied?: true
}

export interface LocalService {
  /** What policies put before the colon. */
  readonly name: string
  /** The condition keys that its questions carry when they apply; `*` stands for any ending. */
  readonly conditionKeys: readonly string[]
  /** True where it is the service that knows whose a signature is, and nobody needs a permission. */
  readonly identifiesCallers?: true
  questions(request: AwsRequest): readonly Question[]
  serve(request: AwsRequest): Promise<AwsResponse>
  close(): Promise<void>
}

/** An error as the service itself would answer it. */
export class AwsError extends Error {
  readonly code: string
  readonly status: number

  constructor(code: string, message: string, status = 400) {
    super(message)
    this.name = 'AwsError'
    this.code = code
    this.status = status
  }
}

export const validationError = (message: string): AwsError =>
  new AwsError('ValidationException', message)

export const unknownOperation = (action: string): AwsError =>
  new AwsError('UnknownOperationException', `The local cloud does not know ${action}`)

export const jsonResponse = (
  body: unknown,
  contentType = 'application/x-amz-json-1.1',
): AwsResponse => ({
  status: 200,
  headers: { 'content-type': contentType },
  body: Buffer.from(JSON.stringify(body)),
})
