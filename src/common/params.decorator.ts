import { ApiProperty } from '@nestjs/swagger';

/** Documents the values of a sentence's placeholders. */
export const ApiParams = (): PropertyDecorator =>
  ApiProperty({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }] },
  });
