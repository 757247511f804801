import { firehoseClient, firehoseDelivery } from '#shared/aws/firehose-delivery.ts'
import { config } from '../config.ts'

export const auditDelivery = firehoseDelivery({
  client: firehoseClient(),
  stream: config.auditDeliveryStream,
})
