package org.gemel.bench.database;

import java.sql.SQLException;

/**
 * A large table as a newsroom has it, about 200 bytes a row with its two indexes, beside a small
 * one that it refers to.
 */
public final class Assets {
  private Assets() {}

  public static void fill(Access main, int rows) throws SQLException {
    main.run(
        "CREATE TABLE projects (id int PRIMARY KEY, name text NOT NULL)",
        "CREATE TABLE assets (id bigserial PRIMARY KEY, project int NOT NULL REFERENCES projects,"
            + " title text NOT NULL, path text, size bigint, changed timestamptz,"
            + " length numeric GENERATED ALWAYS AS (length(title)) STORED)",
        "CREATE INDEX assets_project ON assets (project)",
        "INSERT INTO projects SELECT n, 'project ' || n FROM generate_series(1, 10) n",
        "INSERT INTO assets (project, title, path, size, changed) SELECT n % 10 + 1, 'title ' || n,"
            + " '/media/projects/' || md5(n::text) || '/' || md5((n + 1)::text) || '.mxf',"
            + " n * 1000::bigint, timestamptz '2026-01-01' + n * interval '1 s'"
            + " FROM generate_series(1, "
            + rows
            + ") n",
        "VACUUM ANALYZE");
  }
}
