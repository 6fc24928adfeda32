/** Somebody to whom a contact can be given. */
export class AgentDto {
  /** Of the user; the console gives it as `agentId`. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11" */
  id: string;

  /** The e-mail address that the user signs in with. @example "ada@example.com" */
  email: string;
}

/** All of them, by e-mail address, on one page. */
export class AgentPageDto {
  /** The agents. */
  data: AgentDto[];

  /** Always null: there is one page. @example null */
  nextCursor: string | null;
}
