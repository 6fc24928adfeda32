import type { DataSource } from 'typeorm';

/** Makes PostgreSQL refuse messages with certain bodies, so that single SMS fail among others. */
export class Poison {
  private constructor(private readonly dataSource: DataSource) {}

  static async install(dataSource: DataSource): Promise<Poison> {
    await dataSource.query(`
      CREATE TABLE poison (body text PRIMARY KEY, sqlstate text NOT NULL, until_attempts integer NOT NULL);
      CREATE FUNCTION refuse_poison() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
          refused text := (SELECT sqlstate FROM poison
            WHERE body = new.body
              AND until_attempts > (SELECT attempts FROM inbound_sms WHERE id = new.inbound_sms_id));
        BEGIN
          IF refused IS NOT NULL THEN
            RAISE EXCEPTION 'poison: %', refused USING ERRCODE = refused;
          END IF;
          RETURN new;
        END $$;
      CREATE TRIGGER refuse_poison BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION refuse_poison();

      -- Counting a failure is slow, so that others can count one at the same time.
      CREATE FUNCTION count_slowly() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_sleep(0.1);
          RETURN new;
        END $$;
      CREATE TRIGGER count_slowly BEFORE UPDATE OF attempts ON inbound_sms FOR EACH ROW EXECUTE FUNCTION count_slowly()`);
    return new Poison(dataSource);
  }

  /** @param untilAttempts how many attempts fail before one succeeds */
  async add(body: string, sqlstate: string, untilAttempts = 1_000): Promise<void> {
    await this.dataSource.query('INSERT INTO poison VALUES ($1, $2, $3)', [body, sqlstate, untilAttempts]);
  }

  async clear(): Promise<void> {
    await this.dataSource.query('DELETE FROM poison');
  }
}
