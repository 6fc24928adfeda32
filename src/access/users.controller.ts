import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiConflict, ApiNotFound, ApiValidated } from '../common/api-problems.decorator.js';
import { PageQuery } from '../common/cursor-page.js';
import { IdPipe } from '../common/id.pipe.js';
import { Access } from './access.decorator.js';
import { AccountId, type Caller, CurrentCaller } from './caller.js';
import { CreatedUserDto, CreateUserDto, UpdateUserDto, UserDto, UserPageDto } from './user.dto.js';
import { UsersService } from './users.service.js';

@ApiTags('Users')
@Controller('users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  /** The account's users, newest first. */
  @Get()
  @Access('users:read')
  @ApiValidated()
  list(@AccountId() accountId: string, @Query() query: PageQuery): Promise<UserPageDto> {
    return this.users.list(accountId, query);
  }

  /** Makes a user, who has to change the password after the first sign-in. */
  @Post()
  @Access('users:write')
  @ApiConflict('The e-mail address is in use.')
  @ApiValidated()
  create(@CurrentCaller() caller: Caller, @Body() body: CreateUserDto): Promise<CreatedUserDto> {
    return this.users.create(caller, body);
  }

  /** Changes the role or the password of another user, keeps the user out, or lets the user in again. */
  @Patch(':id')
  @Access('users:write')
  @ApiNotFound('user')
  @ApiConflict('It would leave the account without an admin, or it is yourself.')
  @ApiValidated()
  update(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: UpdateUserDto,
  ): Promise<UserDto> {
    return this.users.update(caller, id, body);
  }
}
