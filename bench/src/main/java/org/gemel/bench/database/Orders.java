package org.gemel.bench.database;

import java.sql.SQLException;

/**
 * The table that clients of these works write to, with a sequence, beside one that stands still and
 * gives the database some size.
 */
public final class Orders {
  static final String DATABASE = "shop";
  static final String CLIENT = "shop_client";

  private Orders() {}

  /** Makes database, tables and the client's role. */
  static void make(Access administrator, String clientPassword) throws SQLException {
    administrator
        .to("postgres")
        .run(
            "CREATE ROLE " + CLIENT + " LOGIN PASSWORD '" + clientPassword + "'",
            "CREATE DATABASE " + DATABASE);
    administrator
        .to(DATABASE)
        .run(
            "CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                + " number bigint NOT NULL, words text NOT NULL)",
            "CREATE TABLE stock (id int PRIMARY KEY, name text NOT NULL, pieces int NOT NULL)",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON orders, stock TO " + CLIENT);
  }

  static void fill(Access administrator, int rows) throws SQLException {
    administrator
        .to(DATABASE)
        .run(
            "INSERT INTO stock SELECT n, md5(n::text), n % 100 FROM generate_series(1, "
                + rows
                + ") n",
            "VACUUM ANALYZE stock");
  }
}
