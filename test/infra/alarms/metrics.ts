/** What AWS publishes, as far as an alarm may look at it: a metric that is not here is misspelt, or has to be looked up first. */
export interface Source {
  /** The dimension, the type it is of, and what of the resource its value is. */
  readonly dimension: string;
  readonly type: string;
  readonly by: string;
  /** By metric: the statistics that say something. */
  readonly metrics: Readonly<Record<string, readonly string[]>>;
}

const COUNT = ['Sum'];
const MILLISECONDS = ['p50', 'p95', 'p99', 'Maximum'];
const DEPTH = ['Maximum'];

/** By namespace. */
export const SOURCES: Readonly<Record<string, Source>> = {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
  'AWS/ApiGateway': {
    ...{ dimension: 'ApiId', type: 'AWS::ApiGatewayV2::Api', by: 'Ref' },
    metrics: { '4xx': COUNT, '5xx': COUNT, Count: COUNT, Latency: MILLISECONDS, IntegrationLatency: MILLISECONDS },
  },
  // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
  'AWS/Lambda': {
    ...{ dimension: 'FunctionName', type: 'AWS::Lambda::Function', by: 'Ref' },
    metrics: { Invocations: COUNT, Errors: COUNT, Throttles: COUNT, Duration: MILLISECONDS },
  },
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
  // What a redrive policy moves is not counted as sent: the depth is what tells of dead letters.
  'AWS/SQS': {
    ...{ dimension: 'QueueName', type: 'AWS::SQS::Queue', by: 'QueueName' },
    metrics: { ApproximateNumberOfMessagesVisible: DEPTH, ApproximateAgeOfOldestMessage: DEPTH },
  },
};
