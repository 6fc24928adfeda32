import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { ACCESS_RULE, type AccessRule } from '../../src/access/access.decorator.js';
import { buildOpenApi } from '../../src/server/openapi.js';

/** Finds the handlers of all controllers of the application. */
export function findHandlers(app: NestFastifyApplication): { name: string; rule: AccessRule | undefined }[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  return controllers
    .flatMap(({ metatype }) => {
      const { prototype } = metatype as { prototype: Record<string, object> };
      const methods = new MetadataScanner().getAllMethodNames(prototype);
      const handlers = methods.filter((method) => Reflect.hasMetadata(METHOD_METADATA, prototype[method]!));
      return handlers.map((method) => ({
        name: `${metatype!.name}.${method}`,
        rule: Reflect.getMetadata(ACCESS_RULE, prototype[method]!) ?? Reflect.getMetadata(ACCESS_RULE, metatype!),
      }));
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Finds the operations of the OpenAPI document, such as `GET /api/v1/campaigns/{id}`. */
export function findDocumented(
  app: NestFastifyApplication,
): { operation: string; security: unknown; statuses: string[] }[] {
  return Object.entries(buildOpenApi(app).paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, { security?: unknown; responses: object }>).map(([method, operation]) => ({
      operation: `${method.toUpperCase()} ${path}`,
      security: operation.security,
      statuses: Object.keys(operation.responses),
    })),
  );
}

const DEPTH_WIDTH = 4;

/** Finds the routes of the HTTP server, such as `GET /api/v1/campaigns/:id`, in the tree that Fastify prints. */
export function findServed(app: NestFastifyApplication): string[] {
  const tree = app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
  const parts: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent, part, methods] = /^([│ ]*)[├└]── (\S+)(?: \((.*)\))?$/.exec(line) ?? [];
    if (indent === undefined || part === undefined) return [];
    parts.splice(indent.length / DEPTH_WIDTH, parts.length, part);
    return (methods?.split(', ') ?? []).map((method) => `${method} ${parts.join('')}`);
  });
}
