import { ListEmailIdentitiesCommand, SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Fixture, failureOf, startFixture } from './local-fixture.ts'

let fixture: Fixture
let operator: SESv2Client
let writer: SESv2Client

beforeAll(async () => {
  fixture = await startFixture()
  operator = new SESv2Client(fixture.clientOf('operator'))
  writer = new SESv2Client(fixture.clientOf('writer'))
})

afterAll(() => fixture.endpoint.close())

const simple = (FromEmailAddress: string) =>
  new SendEmailCommand({
    FromEmailAddress,
    Destination: { ToAddresses: ['ada@example.org'], CcAddresses: ['bob@example.org'] },
    Content: {
      Simple: {
        Subject: { Data: 'Grüße' },
        Body: { Text: { Data: 'Your code: 1' }, Html: { Data: '<p>Your code: 1</p>' } },
      },
    },
  })

test('SES SendEmail: a simple message lands in the inbox', async () => {
  const { MessageId } = await writer.send(simple('Sallyport <no-reply@example.com>'))
  const mail = fixture.endpoint.inbox().at(-1)
  expect(mail).toEqual({
    id: MessageId,
    from: 'Sallyport <no-reply@example.com>',
    to: ['ada@example.org', 'bob@example.org'],
    subject: 'Grüße',
    text: 'Your code: 1',
    html: '<p>Your code: 1</p>',
    sentAt: expect.any(Number),
  })
})

test('SES SendEmail: a raw message is read for its sender, recipients, subject and both bodies', async () => {
  const raw = [
    'From: no-reply@example.com',
    'To: ada@example.org, Bob <bob@example.org>',
    'Subject: =?utf-8?B?R3LDvMOfZQ==?=',
    'Content-Type: multipart/alternative; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'plain',
    '--b',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    '<p>Gr=C3=BC=C3=9Fe</p>',
    '--b--',
    '',
  ].join('\r\n')
  await operator.send(new SendEmailCommand({ Content: { Raw: { Data: Buffer.from(raw) } } }))
  expect(fixture.endpoint.inbox().at(-1)).toMatchObject({
    from: 'no-reply@example.com',
    to: ['ada@example.org', 'Bob <bob@example.org>'],
    subject: 'Grüße',
    text: 'plain',
    html: '<p>Grüße</p>',
  })
})

test('SES SendEmail: a message from nobody or to nobody is BadRequestException', async () => {
  const before = fixture.endpoint.inbox().length
  const Content = { Raw: { Data: Buffer.from('Subject: x\r\n\r\nbody') } }
  const FromEmailAddress = 'a@example.com'
  expect(await failureOf(operator.send(new SendEmailCommand({ Content })))).toContain(
    'BadRequestException',
  )
  expect(
    await failureOf(operator.send(new SendEmailCommand({ Content, FromEmailAddress }))),
  ).toContain('BadRequestException')
  expect(fixture.endpoint.inbox()).toHaveLength(before)
})

test('SES: a role sends from the identity and the address of its statement only', async () => {
  expect(await failureOf(writer.send(simple('root@example.com')))).toContain(
    'AccessDeniedException',
  )
  expect(await failureOf(writer.send(simple('no-reply@example.net')))).toContain(
    'on resource: arn:aws:ses:us-east-1:000000000000:identity/example.net',
  )
})

test('SES: an operation beyond sending is not known', async () => {
  expect(await failureOf(operator.send(new ListEmailIdentitiesCommand({})))).toContain(
    'UnknownOperationException',
  )
})
