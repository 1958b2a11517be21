import { gzipSync } from 'node:zlib';
import middy from '@middy/core';
import { DomainError } from '#shared/domain/domain-error.ts';
import type { HttpEvent, HttpHandler, HttpResult } from '#shared/http/operation-request.ts';
import { problems } from '#shared/http/problems.ts';
import { replyHeaders } from '#shared/http/reply-headers.ts';
import { throughEdge } from '#shared/http/through-edge.ts';
import { DOCS_PAGE, DOCS_POLICY, START_SCRIPT } from './page.ts';

/** Files of swagger-ui-dist that lie beside the bundle. */
const SWAGGER_FILES = ['swagger-ui.css', 'swagger-ui-bundle.js'] as const;
export type SwaggerFile = (typeof SWAGGER_FILES)[number];

interface Dependencies {
  /** The OpenAPI document as JSON text. */
  readonly openapi: string;
  /** The JSON Schema of call definitions as JSON text. */
  readonly callSchema: string;
  readonly readSwaggerFile: (name: SwaggerFile) => string;
}

interface Page {
  readonly contentType: string;
  readonly text: string;
}

const ONE_HOUR = 'public, max-age=3600';

/** Swagger UI is 1.4 MB; a Lambda's reply may have 6 MB, and compressed it is a third of that. */
const compressed = (page: Page, headers: Record<string, string>): HttpResult => ({
  statusCode: 200,
  headers: { ...headers, 'content-type': page.contentType, 'content-encoding': 'gzip', vary: 'accept-encoding' },
  body: gzipSync(page.text).toString('base64'),
  isBase64Encoded: true,
});

/** Static answers: GET /openapi.json, GET /schemas/call, the page at GET /docs, and its files. */
export const site = ({ openapi, callSchema, readSwaggerFile }: Dependencies): HttpHandler => {
  const assetOf = (name: string | undefined): Page | undefined => {
    if (name === 'start.js') return { contentType: 'text/javascript; charset=utf-8', text: START_SCRIPT };
    const file = SWAGGER_FILES.find((candidate) => candidate === name);
    if (file === undefined) return undefined;
    const contentType = file.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8';
    return { contentType, text: readSwaggerFile(file) };
  };
  const pageOf = (event: HttpEvent): Page | undefined => {
    switch (event.routeKey) {
      case 'GET /openapi.json':
        return { contentType: 'application/json; charset=utf-8', text: openapi };
      case 'GET /schemas/call':
        return { contentType: 'application/schema+json; charset=utf-8', text: callSchema };
      case 'GET /docs':
        return { contentType: 'text/html; charset=utf-8', text: DOCS_PAGE };
      default:
        return assetOf(event.pathParameters?.asset);
    }
  };
  return middy<HttpEvent, HttpResult>({ timeoutEarlyInMillis: 0 })
    .use(replyHeaders())
    .use(problems('GET /docs'))
    .use(throughEdge())
    .handler(async (event: HttpEvent) => {
      const page = pageOf(event);
      if (page === undefined) throw new DomainError('NOT_FOUND');
      const headers = { 'cache-control': ONE_HOUR, 'content-security-policy': DOCS_POLICY };
      if (event.headers['accept-encoding']?.includes('gzip')) return compressed(page, headers);
      return {
        statusCode: 200,
        headers: { ...headers, 'content-type': page.contentType, vary: 'accept-encoding' },
        body: page.text,
      };
    });
};
