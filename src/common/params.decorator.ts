import { ApiProperty } from '@nestjs/swagger';

/** Documents the values that a sentence tells of. */
export const ApiParams = (): PropertyDecorator =>
  ApiProperty({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }] },
  });
