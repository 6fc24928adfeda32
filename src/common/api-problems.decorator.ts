import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { ProblemDetailsDto } from './problem-details.dto.js';

type Decorator = MethodDecorator & ClassDecorator;

/** An error answer as OpenAPI has it. */
export const problemAnswer = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDetailsDto' } } },
});

/** Documents an error answer of a route. */
export const ApiProblem = (status: number, description: string): Decorator =>
  applyDecorators(ApiResponse({ status, ...problemAnswer(description) }));

export const ApiNotFound = (what: string): Decorator => ApiProblem(404, `The account has no such ${what}.`);

export const ApiValidated = (): Decorator =>
  ApiProblem(422, 'A field is missing, wrong or not known; `errors` names each.');

export const ApiConflict = (description: string): Decorator => ApiProblem(409, description);

/** The schema that every documented problem refers to. */
export const PROBLEM_MODELS = [ProblemDetailsDto];
