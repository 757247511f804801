import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'

export interface RoleCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
}

/** A request as the SDK hands it to what sends it. */
export interface SignedRequest {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: string
}

type StsSettings = NonNullable<ConstructorParameters<typeof STSClient>[0]>

/** Credentials of a session of a role, as what runs in that role is given them. */
export async function roleCredentials(
  access: StsSettings,
  RoleArn: string,
): Promise<RoleCredentials> {
  const sts = new STSClient(access)
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'build-7' }),
  )
  sts.destroy()
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  }
}

/**
 * A request for `sts:GetCallerIdentity` that the SDK has signed and not sent.
 *
 * @param more headers that are signed with the others
 */
export async function signedByRole(
  settings: StsSettings,
  more: Readonly<Record<string, string>> = {},
  method = 'POST',
): Promise<SignedRequest> {
  const kept: SignedRequest[] = []
  const handle = async (request: HandledRequest): Promise<never> => {
    const { protocol, hostname, port, path, headers, body } = request
    const url = `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`
    kept.push({ method: request.method, url, headers, body: String(body) })
    throw new Error('kept')
  }
  const sts = new STSClient({ maxAttempts: 1, ...settings, requestHandler: { handle } })
  sts.middlewareStack.add(
    (next) => (args) => {
      Object.assign(args.request as HandledRequest, { method })
      Object.assign((args.request as HandledRequest).headers, more)
      return next(args)
    },
    { step: 'build' },
  )
  await sts.send(new GetCallerIdentityCommand()).catch(() => undefined)
  const [signed] = kept
  if (signed === undefined) throw new Error('the SDK has signed nothing')
  return signed
}

interface HandledRequest {
  readonly protocol: string
  readonly hostname: string
  readonly port?: number
  readonly path: string
  readonly method: string
  readonly headers: Record<string, string>
  readonly body: unknown
}
