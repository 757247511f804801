import { z } from 'zod'
import { ownEntry } from '../own-entry.ts'
import type { LocalSystem } from '../template.ts'
import { AwsError, type AwsRequest, type LocalService } from './service.ts'
import { stsResponse } from './sts-answer.ts'
import { type AccessKey, firstHolders, type Holder, newHolder, signerOf } from './sts-keys.ts'
import type { XmlNode } from './xml.ts'

const assumeRole = z.object({
  RoleArn: z.string().regex(/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/),
  RoleSessionName: z.string().regex(/^[\w+=,.@-]{2,64}$/),
  DurationSeconds: z.coerce.number().int().min(900).max(43_200).default(3600),
})

const identityOf = ({ arn, userId }: Holder): XmlNode => ({
  Arn: arn,
  UserId: userId,
  Account: arn.split(':')[4] ?? '',
})

const sessionOf = ({ arn, userId, accessKeyId, secretAccessKey, session }: Holder): XmlNode => ({
  AssumedRoleUser: { Arn: arn, AssumedRoleId: userId },
  Credentials: {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: session?.token ?? '',
    Expiration: new Date(session?.expiresAt ?? 0).toISOString(),
  },
})

/**
 * Says whose signature a request has, and makes the operator any role.
 *
 * Such a role need not be there: the template describes only those of its functions.
 */
export function createSts(system: LocalSystem, operator: AccessKey): LocalService {
  const holders = new Map(
    firstHolders(system, operator).map((holder) => [holder.accessKeyId, holder]),
  )
  const operations: Readonly<Record<string, (input: AwsRequest['input'], by: Holder) => XmlNode>> =
    {
      GetCallerIdentity: (_, caller) => identityOf(caller),
      AssumeRole(input, caller) {
        if (caller.accessKeyId !== operator.accessKeyId) {
          const message = `User: ${caller.arn} is not authorized to perform: sts:AssumeRole`
          throw new AwsError('AccessDenied', message, 403)
        }
        const { RoleArn, RoleSessionName, DurationSeconds } = assumeRole.parse(input)
        const holder = newHolder(RoleArn, RoleSessionName, Date.now() + DurationSeconds * 1000)
        holders.set(holder.accessKeyId, holder)
        return sessionOf(holder)
      },
    }
  return {
    name: 'sts',
    conditionKeys: [],
    identifiesCallers: true,
    questions: () => [],
    async serve(request) {
      const caller = signerOf(request, holders, Date.now())
      const operation = ownEntry(operations, request.action)
      if (operation === undefined || request.path !== '/') {
        const message = `Could not find operation ${request.action} for version 2011-06-15`
        throw new AwsError('InvalidAction', message)
      }
      return stsResponse(request, operation(request.input, caller))
    },
    close: async () => undefined,
  }
}
