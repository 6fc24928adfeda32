import { applyDecorators } from '@nestjs/common';
import { IsString, Length } from 'class-validator';
import { PASSWORD_LENGTH } from './password.js';

const { min, max } = PASSWORD_LENGTH;

/** A password that somebody chooses. What must be in it is not prescribed: length is what makes it hard to guess. */
export const IsNewPassword = (): PropertyDecorator =>
  applyDecorators(IsString(), Length(min, max, { message: `must be ${min} to ${max} characters long` }));
