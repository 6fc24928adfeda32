import { Injectable, type PipeTransform } from '@nestjs/common';
import { UUID_POSITION } from './cursor-page.js';
import { Problem } from './problem.js';

/** An id in a path. What is no UUID cannot exist, so it answers like any id that does not. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (UUID_POSITION.test(id)) return id;
    throw new Problem(404, 'not_found', 'There is nothing with this id in this account; an id is a lower-case UUID.');
  }
}
