import { ValidateIf } from 'class-validator';

/** The field may be left out but not be null, which `@IsOptional` would let pass into columns that hold no null. */
export const MayBeLeftOut = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);
