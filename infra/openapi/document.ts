import * as z from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { MEDIA_TYPES, type Operation } from '#shared/contract/operation.ts';
import { OPERATIONS } from '#shared/contract/operations.ts';
import { refusalResponses } from './refusals.ts';

const bodyOf = (operation: Operation): Pick<ZodOpenApiOperationObject, 'requestBody'> => {
  const { body } = operation;
  if (body === undefined) return {};
  // OpenAPI describes a file by its media type alone.
  const formats = (operation.bodyFormats ?? ['json']).map((format) => [
    MEDIA_TYPES[format],
    format === 'xlsx' ? {} : { schema: body },
  ]);
  return { requestBody: { required: operation.bodyOptional !== true, content: Object.fromEntries(formats) } };
};

const successesOf = ({ status, reply, replyStatus, replyHeaders, page }: Operation): ZodOpenApiResponsesObject => {
  const headers = replyHeaders === undefined ? {} : { headers: replyHeaders };
  const asPage = page === undefined ? {} : { 'text/html': { schema: z.string() } };
  const content = reply === undefined ? {} : { content: { 'application/json': { schema: reply }, ...asPage } };
  if (replyStatus === undefined) return { [`${status}`]: { description: 'Success', ...headers, ...content } };
  return {
    [`${status}`]: { description: 'Success', ...headers },
    [`${replyStatus}`]: { description: 'Success, as a body', ...content },
  };
};

const describe = (tag: string, operationId: string, operation: Operation): ZodOpenApiOperationObject => ({
  operationId,
  tags: [tag],
  summary: operation.summary,
  ...(operation.description === undefined ? {} : { description: operation.description }),
  security: operation.access === 'signedIn' ? [{ bearer: [] }] : [],
  requestParams: {
    ...(operation.params === undefined ? {} : { path: operation.params }),
    ...(operation.query === undefined ? {} : { query: operation.query }),
    ...(operation.headers === undefined ? {} : { header: operation.headers }),
  },
  ...bodyOf(operation),
  responses: {
    ...successesOf(operation),
    ...refusalResponses(operation),
  },
});

/** The OpenAPI 3.1 document of every operation, from the contract alone. */
export const openApiDocument = (): ReturnType<typeof createDocument> => {
  const paths: ZodOpenApiPathsObject = {};
  for (const [resource, operations] of Object.entries(OPERATIONS)) {
    for (const [operationId, operation] of Object.entries(operations)) {
      const described = describe(resource, operationId, operation);
      paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: described };
    }
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: '申报 · Shenbao',
      version: '1.0.0',
      description:
        'Backend for calls for project applications (项目申报). Times are ISO 8601 in UTC with milliseconds; a deadline is exclusive: what is received before it counts. Bodies are UTF-8, at most 64 levels deep, and name no key twice; `__proto__` as a key, numbers beyond a double, half of a surrogate pair and U+FFFD, which is what garbled text becomes, are refused as INVALID_REQUEST. Refusals are problem+json (RFC 9457) in Chinese, or in English by Accept-Language; codes never change.',
    },
    servers: [{ url: '/' }],
    tags: Object.keys(OPERATIONS).map((name) => ({ name })),
    paths,
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  });
};

/** The text that is committed as shared/contract/openapi.json and served at GET /openapi.json. */
export const openApiText = (): string => `${JSON.stringify(openApiDocument(), null, 2)}\n`;
