import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import {
  Alias,
  Architecture,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { allowancesOf, type ResourceArns } from '../access.ts'
import type { Endpoint } from '../endpoints.ts'
import { attachedPolicies, documentOf, pagesOf } from './access-policies.ts'

interface EndpointFunctionProps {
  /** A row of the table of endpoints, or of workers. */
  readonly endpoint: Pick<Endpoint, 'access' | 'memoryMiB' | 'timeoutSeconds'>
  readonly code: Code
  readonly arns: Partial<ResourceArns>
  readonly environment: Readonly<Record<string, string>>
}

/** The function of one endpoint or worker, with a role of its own that holds exactly its access words. */
export class EndpointFunction extends Construct {
  /** The published version that requests reach. */
  readonly live: Alias

  /** @param name the endpoint's name, which becomes the function's description too */
  constructor(scope: Construct, name: string, props: EndpointFunctionProps) {
    super(scope, name)
    const logGroup = this.logGroup()
    const { currentVersion } = new LambdaFunction(this, 'Function', {
      description: name,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: props.code,
      environment: { ...props.environment },
      memorySize: props.endpoint.memoryMiB,
      timeout: Duration.seconds(props.endpoint.timeoutSeconds),
      loggingFormat: LoggingFormat.JSON,
      // Our own line tells of every request; the platform's two would cost more than it.
      systemLogLevelV2: SystemLogLevel.WARN,
      logGroup,
      role: this.role(props, logGroup),
    })
    this.live = new Alias(this, 'Live', { aliasName: 'live', version: currentVersion })
  }

  private logGroup(): LogGroup {
    return new LogGroup(this, 'Log', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    })
  }

  private role({ endpoint, arns }: EndpointFunctionProps, logGroup: LogGroup): Role {
    const words = endpoint.access.flatMap((word) => allowancesOf(word, arns))
    const [first = [], ...others] = pagesOf(words)
    return new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        access: documentOf(first),
        log: new PolicyDocument({ statements: [writing(logGroup)] }),
      },
      managedPolicies: attachedPolicies(this, others),
    })
  }
}

/** The ARN of a log group stands for the streams in it, whose names only Lambda knows. */
const writing = ({ logGroupArn }: LogGroup): PolicyStatement =>
  new PolicyStatement({
    sid: 'Log',
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroupArn],
  })
