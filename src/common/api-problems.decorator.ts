import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { ProblemDetailsDto } from './problem-details.dto.js';

type Decorator = MethodDecorator & ClassDecorator;

/** An error response for OpenAPI. */
export const problemResponse = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDetailsDto' } } },
});

/** Documents an error response of a route. */
export const ApiProblem = (status: number, description: string): Decorator =>
  applyDecorators(ApiResponse({ status, ...problemResponse(description) }));

export const ApiNotFound = (what: string): Decorator => ApiProblem(404, `The account has no such ${what}.`);

export const ApiValidated = (): Decorator =>
  ApiProblem(422, 'A field is missing, invalid or unknown; `errors` lists each of them.');

export const ApiConflict = (description: string): Decorator => ApiProblem(409, description);

/** Nest only puts referenced models into the document, and `problemResponse` refers to this one by its path. */
export const PROBLEM_MODELS = [ProblemDetailsDto];
