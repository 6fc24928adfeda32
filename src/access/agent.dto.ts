/** A user to whom contacts can be assigned. */
export class AgentDto {
  /** The id of the user, which is the `agentId` of contacts. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11" */
  id: string;

  /** The e-mail address with which the user signs in. @example "ada@example.com" */
  email: string;
}

/** All agents on one page, sorted by e-mail address. */
export class AgentPageDto {
  /** The agents. */
  data: AgentDto[];

  /** Always null, because there is only one page. @example null */
  nextCursor: string | null;
}
