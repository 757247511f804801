import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { LocalSystem } from '../template.ts'
import { parseMessage } from './mime.ts'
import {
  AwsError,
  type AwsRequest,
  type ContextValues,
  jsonResponse,
  type LocalService,
  unknownOperation,
} from './service.ts'

export interface Mail {
  readonly id: string
  readonly from: string
  /** Everybody it goes to, copies included. */
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string | undefined
  readonly html: string | undefined
  /** Milliseconds since the epoch. */
  readonly sentAt: number
}

export interface Ses extends LocalService {
  /** The newest last; only so many are kept. */
  inbox(): readonly Mail[]
}

const kept = 500

const content = z.object({ Data: z.string() })
const addresses = z.array(z.string()).default([])

const sendEmail = z.object({
  FromEmailAddress: z.string().optional(),
  Destination: z
    .object({ ToAddresses: addresses, CcAddresses: addresses, BccAddresses: addresses })
    .optional(),
  Content: z.union([
    z.object({
      Simple: z.object({
        Subject: content,
        Body: z.object({ Text: content.optional(), Html: content.optional() }),
      }),
    }),
    z.object({ Raw: content }),
  ]),
})

type Letter = Omit<Mail, 'id' | 'sentAt'>

const addressList = (header: string | undefined): readonly string[] =>
  (header ?? '').split(',').flatMap((address) => address.trim() || [])

function letterOf(input: AwsRequest['input']): Letter {
  const { FromEmailAddress, Destination, Content } = sendEmail.parse(input)
  const named = Object.values(Destination ?? {}).flat()
  if ('Simple' in Content) {
    const { Subject, Body } = Content.Simple
    const [subject, text, html] = [Subject.Data, Body.Text?.Data, Body.Html?.Data]
    return { from: FromEmailAddress ?? '', to: named, subject, text, html }
  }
  const { headers, text, html } = parseMessage(Buffer.from(Content.Raw.Data, 'base64'))
  const inHeaders = ['to', 'cc', 'bcc'].flatMap((name) => addressList(headers.get(name)))
  return {
    from: FromEmailAddress ?? headers.get('from') ?? '',
    to: named.length > 0 ? named : inHeaders,
    subject: headers.get('subject') ?? '',
    text,
    html,
  }
}

/** `Name <user@host>` or the address alone. */
const addressIn = (mailbox: string): string => /<([^>]*)>\s*$/.exec(mailbox)?.[1] ?? mailbox.trim()

const displayNameIn = (mailbox: string): string | undefined =>
  /^\s*"?([^"<]+?)"?\s*</.exec(mailbox)?.[1]

/** @spec https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsimpleemailservicev2.html */
const contextOf = ({ from, to }: Letter): ContextValues => ({
  'ses:FromAddress': addressIn(from),
  'ses:FromDisplayName': displayNameIn(from),
  'ses:Recipients': to.map(addressIn),
})

function demandMailbox(letter: Letter): Letter {
  if (!addressIn(letter.from).includes('@')) {
    throw new AwsError('BadRequestException', 'Missing or invalid FromEmailAddress')
  }
  if (letter.to.length > 0) return letter
  throw new AwsError('BadRequestException', 'Missing destination address')
}

/** Mail that goes no further than an inbox in memory; the sending identity is the address's domain. */
export function createSes({ region, accountId }: LocalSystem): Ses {
  const mails: Mail[] = []
  return {
    name: 'ses',
    conditionKeys: ['ses:FromAddress', 'ses:FromDisplayName', 'ses:Recipients'],
    questions({ action, input }) {
      if (action !== 'SendEmail') throw unknownOperation(action)
      const letter = demandMailbox(letterOf(input))
      const domain = addressIn(letter.from).replace(/^.*@/, '')
      const isRaw = 'Raw' in z.object({ Content: z.looseObject({}) }).parse(input).Content
      return [
        {
          action: isRaw ? 'ses:SendRawEmail' : 'ses:SendEmail',
          resource: `arn:aws:ses:${region}:${accountId}:identity/${domain}`,
          context: contextOf(letter),
        },
      ]
    },
    async serve({ input }) {
      const id = randomUUID()
      mails.push({ id, ...demandMailbox(letterOf(input)), sentAt: Date.now() })
      mails.splice(0, mails.length - kept)
      return jsonResponse({ MessageId: id }, 'application/json')
    },
    inbox: () => [...mails],
    close: async () => undefined,
  }
}
