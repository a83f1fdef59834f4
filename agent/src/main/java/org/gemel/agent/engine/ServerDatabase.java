package org.gemel.agent.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.gemel.agent.configuration.CredentialsSection;
import org.gemel.agent.configuration.DatabaseSection;
import org.gemel.database.BackupHealing;
import org.gemel.database.BackupRepair;
import org.gemel.database.ChangeLogLimits;
import org.gemel.database.ComparisonPace;
import org.gemel.database.ComparisonProgress;
import org.gemel.database.Confirmation;
import org.gemel.database.CopyPace;
import org.gemel.database.Credentials;
import org.gemel.database.DatabaseAddress;
import org.gemel.database.DatabaseFailure;
import org.gemel.database.DatabaseServer;
import org.gemel.database.DatabaseSettings;
import org.gemel.database.DatabaseStatus;
import org.gemel.database.DifferingRange;
import org.gemel.database.GateProof;
import org.gemel.database.HealPlan;
import org.gemel.database.InitialSync;
import org.gemel.database.MainConnection;
import org.gemel.database.Published;
import org.gemel.database.Rejoined;
import org.gemel.database.Repaired;
import org.gemel.database.SequenceValue;
import org.gemel.database.SplitDatabase;
import org.gemel.database.TableComparison;
import org.gemel.database.Turned;
import org.gemel.database.WalPosition;
import org.gemel.database.preflight.DatabaseFacts;
import org.gemel.database.preview.SplitPreview;

/** The database server that the agent's file names. */
public final class ServerDatabase implements DatabaseEngine {
  private final DatabaseServer server;
  private final SplitDatabase split;
  private final BackupHealing healing;
  private final MainConnection partner;
  private final BackupRepair repair;
  private final CopyPace copyPace;
  private final ComparisonPace comparisonPace;
  private final Credentials probe;

  public ServerDatabase(DatabaseSection section) {
    var settings = settings(section);
    server = new DatabaseServer(settings);
    split = new SplitDatabase(settings, ChangeLogLimits.standard());
    healing = new BackupHealing(settings);
    repair = new BackupRepair(settings);
    partner = partner(section);
    copyPace = section.copyStreams().map(CopyPace::of).orElseGet(CopyPace::standard);
    comparisonPace = ComparisonPace.standard().with(0, section.compareShare().orElse(0));
    probe = credentials(section.probe());
  }

  static DatabaseSettings settings(DatabaseSection section) {
    var own = section.own();
    return new DatabaseSettings(
        section.pair(),
        new DatabaseAddress(own.host(), own.port(), own.database()),
        credentials(own.administrator()),
        credentials(own.replication()),
        section.applicationRoles(),
        section.observerRoles(),
        section.countedTable(),
        section.leaveOut());
  }

  static MainConnection partner(DatabaseSection section) {
    var other = section.partner();
    return new MainConnection(
        new DatabaseAddress(other.host(), other.port(), other.database()),
        credentials(other.replication()));
  }

  @Override
  public DatabaseStatus status() {
    return server.status();
  }

  @Override
  public OptionalLong counted() throws DatabaseFailure {
    return server.counted();
  }

  @Override
  public void hold(Duration grace) throws DatabaseFailure {
    server.hold(grace);
  }

  @Override
  public void markBackup(long epoch, Duration grace) throws DatabaseFailure {
    server.markBackup(epoch, grace);
  }

  @Override
  public void openAsMain(long epoch) throws DatabaseFailure {
    server.openAsMain(epoch);
  }

  @Override
  public WalPosition position() throws DatabaseFailure {
    return server.position();
  }

  @Override
  public WalPosition lastPosition() throws DatabaseFailure {
    return server.lastPosition();
  }

  @Override
  public Confirmation confirmed(WalPosition position) throws DatabaseFailure {
    return server.confirmed(position);
  }

  @Override
  public List<SequenceValue> sequences() throws DatabaseFailure {
    return server.sequences();
  }

  @Override
  public void setSequences(List<SequenceValue> values) throws DatabaseFailure {
    server.setSequences(values);
  }

  @Override
  public Published publish(Set<String> without) throws DatabaseFailure {
    return server.publish(without);
  }

  @Override
  public HealPlan beginHealing(long epoch) throws DatabaseFailure {
    return healing.begin(partner, epoch);
  }

  @Override
  public void heal(Set<String> anew, long epoch) throws DatabaseFailure {
    healing.alter(partner, anew, epoch);
  }

  @Override
  public void followHealed(long epoch) throws DatabaseFailure {
    healing.follow(partner, epoch);
  }

  @Override
  public String definitions() throws DatabaseFailure {
    return server.definitions();
  }

  @Override
  public void unpublish() throws DatabaseFailure {
    server.unpublish();
  }

  @Override
  public String subscribe(long epoch, String drop) throws DatabaseFailure {
    return server.subscribe(partner, epoch, drop);
  }

  @Override
  public void unsubscribe() throws DatabaseFailure {
    server.unsubscribe();
  }

  @Override
  public Turned turn() throws DatabaseFailure {
    return server.turn(partner);
  }

  @Override
  public List<String> foreseeTurn() throws DatabaseFailure {
    return server.foreseeTurn(partner);
  }

  @Override
  public String follow(long epoch) throws DatabaseFailure {
    return server.follow(partner, epoch);
  }

  @Override
  public String followCopyingDiffering(long epoch) throws DatabaseFailure {
    return server.followCopyingDiffering(partner, epoch);
  }

  @Override
  public void partFromMain() throws DatabaseFailure {
    split.partFromMain();
  }

  @Override
  public void partFromBackup() throws DatabaseFailure {
    split.partFromBackup();
  }

  @Override
  public boolean drainChanges() throws DatabaseFailure {
    return split.drainChanges();
  }

  @Override
  public void forgetChanges() throws DatabaseFailure {
    split.forgetChanges();
  }

  @Override
  public SplitPreview preview(Optional<Path> export) throws DatabaseFailure {
    return split.preview(partner, export);
  }

  @Override
  public void requireApproved(String hash) throws DatabaseFailure {
    split.requireApproved(partner, hash);
  }

  @Override
  public Rejoined rejoin(String approved, long epoch) throws DatabaseFailure {
    return split.rejoin(partner, approved, epoch);
  }

  @Override
  public DatabaseFacts facts() throws DatabaseFailure {
    return server.facts(partner);
  }

  @Override
  public void copy(Consumer<InitialSync> progress) throws DatabaseFailure {
    server.copy(copyPace, progress);
  }

  @Override
  public InitialSync initialSync() throws DatabaseFailure {
    return server.initialSync();
  }

  @Override
  public List<TableComparison> compare(
      long rowsPerSecond, int percentOfTime, boolean anew, Consumer<ComparisonProgress> progress)
      throws DatabaseFailure {
    return server.compare(
        partner, comparisonPace.with(rowsPerSecond, percentOfTime), anew, progress);
  }

  @Override
  public Repaired repair(long epoch) throws DatabaseFailure {
    return repair.repair(partner, epoch);
  }

  @Override
  public List<DifferingRange> proveRepaired() throws DatabaseFailure {
    return repair.prove(partner);
  }

  @Override
  public GateProof probe() throws DatabaseFailure {
    return server.probeApplicationWrite(probe);
  }

  private static Credentials credentials(CredentialsSection section) {
    return new Credentials(section.user(), section.password());
  }
}
