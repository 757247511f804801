import { SESv2Client, type SESv2ClientConfig, SendEmailCommand } from '@aws-sdk/client-sesv2'
import type { Mail, Mailer } from '#shared/ports/mailer.ts'
import { clientSettings } from './client-settings.ts'

interface Parts {
  readonly client: SESv2Client
  readonly onUnsent: (cause: unknown) => void
}

export const sesClient = (config: SESv2ClientConfig = {}): SESv2Client =>
  new SESv2Client({ ...clientSettings, ...config })

/** @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html */
const commandOf = ({ from, to, subject, text }: Mail): SendEmailCommand =>
  new SendEmailCommand({
    FromEmailAddress: from,
    Destination: { ToAddresses: [to] },
    Content: {
      Simple: {
        Subject: { Data: subject, Charset: 'UTF-8' },
        Body: { Text: { Data: text, Charset: 'UTF-8' } },
      },
    },
  })

/** Sends through SES, whose account must have verified the sender. */
export const sesMailer = ({ client, onUnsent }: Parts): Mailer => ({
  async send(mail) {
    try {
      await client.send(commandOf(mail))
    } catch (error) {
      onUnsent(error)
    }
  },
})
