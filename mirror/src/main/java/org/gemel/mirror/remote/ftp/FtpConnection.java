package org.gemel.mirror.remote.ftp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.commons.net.ftp.FTPFileFilters;
import org.gemel.mirror.remote.RemoteAbilities;
import org.gemel.mirror.remote.RemoteConnection;
import org.gemel.mirror.remote.RemoteEntry;
import org.gemel.mirror.remote.RemoteException;
import org.gemel.mirror.remote.RemoteException.Kind;
import org.gemel.mirror.remote.RemoteListing;
import org.gemel.mirror.remote.RemoteNames;
import org.gemel.mirror.remote.RemoteUpload;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Timestamp;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * One control connection and, one after the other, its data connections. Exact listings are used
 * where the server has them; else those made for people, whose times are asked for one by one.
 */
final class FtpConnection implements RemoteConnection {
  private final FtpTarget target;
  private final FTPClient client;
  private final FtpCalls calls;
  private final FtpPaths paths;
  private final boolean exactLists;
  private final boolean setsTimes;
  private final boolean saysTimes;
  private final boolean goesOn;

  FtpConnection(FtpTarget target, FTPClient client, FtpCalls calls, String root)
      throws IOException {
    this.target = target;
    this.client = client;
    this.calls = calls;
    this.exactLists = has("MLST") || has("MLSD");
    this.setsTimes = has("MFMT");
    this.saysTimes = has("MDTM");
    this.goesOn = has("REST");
    boolean utf8 = has("UTF8");
    this.paths = new FtpPaths(root, utf8);
    if (utf8) {
      // Some servers want to be told; those that do not know the command use it anyway.
      calls.ask("choosing UTF-8", () -> client.sendCommand("OPTS", "UTF8 ON"));
    }
  }

  private boolean has(String feature) throws IOException {
    return calls.ask("asking what it can do", () -> client.hasFeature(feature));
  }

  FtpCalls calls() {
    return calls;
  }

  boolean saysTimes() {
    return setsTimes || saysTimes;
  }

  /** Whether listings show modes, as far as can be known without looking. */
  boolean saysModes() throws IOException {
    return !exactLists
        || calls.<Boolean>ask(
            "asking what it lists",
            () -> {
              @Nullable String facts = client.featureValue("MLST");
              return facts != null && facts.toLowerCase(Locale.ROOT).contains("unix.mode");
            });
  }

  @Override
  public RemoteAbilities abilities() throws IOException {
    return target.abilities(this);
  }

  @Override
  public boolean canGoOn() {
    return goesOn;
  }

  private String at(TreePath path) throws RemoteException {
    return paths.at(path);
  }

  @Override
  public Optional<RemoteEntry> status(TreePath path) throws IOException {
    String at = at(path);
    EntryName name = path.isRoot() ? EntryName.of("top") : path.names().getLast();
    if (path.isRoot() || !exactLists) {
      long size = path.isRoot() ? RemoteEntry.UNKNOWN : size(path);
      if (size >= 0) {
        return Optional.of(new RemoteEntry(name, FileType.FILE, size, null, RemoteEntry.UNKNOWN));
      }
      boolean folder = calls.ask("looking at " + path, () -> client.changeWorkingDirectory(at));
      return folder
          ? Optional.of(
              new RemoteEntry(
                  name, FileType.FOLDER, RemoteEntry.UNKNOWN, null, RemoteEntry.UNKNOWN))
          : Optional.empty();
    }
    calls.ask("looking at " + path, () -> client.mlst(at));
    String[] lines = client.getReplyStrings();
    if (!calls.succeeded() || lines.length < 2) {
      return Optional.empty();
    }
    try {
      String facts = lines[1].stripLeading();
      return FtpLine.entry(facts.substring(0, facts.indexOf(' ') + 1) + RemoteNames.text(name));
    } catch (IllegalArgumentException e) {
      throw new RemoteException(Kind.REFUSED, "looking at " + path + ": " + e.getMessage(), e);
    }
  }

  @Override
  public RemoteListing list(TreePath folder) throws IOException {
    List<RemoteEntry> entries = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    String act = "listing " + folder;
    String at = at(folder);
    if (!exactLists) {
      // Not as an argument: servers take it for a pattern.
      calls.tell(act, () -> client.changeWorkingDirectory(at));
    }
    FTPFile[] found =
        calls.ask(
            act,
            () ->
                exactLists
                    ? client.mlistDir(
                        (target.listsWithOption() ? "-a " : "") + at, FTPFileFilters.ALL)
                    : client.listFiles(null, FTPFileFilters.ALL));
    if (!calls.succeeded()) {
      throw calls.answer(act);
    }
    for (@Nullable FTPFile each : found) {
      try {
        entry(each).ifPresent(entries::add);
      } catch (IllegalArgumentException e) {
        refused.add(String.valueOf(e.getMessage()));
      }
    }
    if (!exactLists && saysTimes) {
      for (int i = 0; i < entries.size(); i++) {
        entries.set(i, exact(folder.child(entries.get(i).name()), entries.get(i)));
      }
    }
    return new RemoteListing(entries, refused);
  }

  /**
   * Finds out whether exact listings leave out names that begin with a dot unless asked for all, as
   * those of some servers do although they should not.
   */
  void chooseListing() throws IOException {
    if (!exactLists) {
      return;
    }
    String at = at(TreePath.ROOT);
    int plain = calls.ask("listing", () -> client.mlistDir(at)).length;
    int all = calls.ask("listing", () -> client.mlistDir("-a " + at)).length;
    if (calls.succeeded() && all > plain) {
      target.listWithOption();
    }
  }

  private Optional<RemoteEntry> entry(@Nullable FTPFile file) {
    if (file == null) {
      throw new IllegalArgumentException("found a line in a listing that is not understood");
    }
    if (exactLists) {
      return FtpLine.entry(file.getRawListing());
    }
    String text = file.getName();
    if (text.equals(".") || text.equals("..")) {
      return Optional.empty();
    }
    FileType type =
        file.isSymbolicLink()
            ? FileType.SYMBOLIC_LINK
            : file.isDirectory()
                ? FileType.FOLDER
                : file.isFile() ? FileType.FILE : FileType.SOCKET;
    return Optional.of(
        new RemoteEntry(
            RemoteNames.parse(text),
            type,
            file.getSize(),
            null,
            FtpLine.mode(file.getRawListing())));
  }

  /** The same with its exact time, where listings have none; asked for one by one. */
  RemoteEntry exact(TreePath path, RemoteEntry listed) throws IOException {
    if (exactLists || !saysTimes || listed.type() != FileType.FILE) {
      return listed;
    }
    String at = at(path);
    @Nullable String said =
        calls.<@Nullable String>ask(
            "asking the time of " + path, () -> client.getModificationTime(at));
    return new RemoteEntry(
        listed.name(), listed.type(), listed.size(), FtpLine.time(said), listed.permissions());
  }

  /** What the server says is a file's length; negative if it says nothing. */
  long size(TreePath file) throws IOException {
    String at = at(file);
    @Nullable String said =
        calls.<@Nullable String>ask("asking the size of " + file, () -> client.getSize(at));
    try {
      return said == null ? RemoteEntry.UNKNOWN : Long.parseLong(said.strip());
    } catch (NumberFormatException e) {
      return RemoteEntry.UNKNOWN;
    }
  }

  @Override
  public byte[] linkTarget(TreePath link) throws IOException {
    throw new RemoteException(Kind.REFUSED, "reading the link " + link + ": FTP knows no links");
  }

  @Override
  public InputStream read(TreePath file) throws IOException {
    String act = "reading " + file;
    String at = at(file);
    @Nullable InputStream in =
        calls.<@Nullable InputStream>ask(act, () -> client.retrieveFileStream(at));
    if (in == null) {
      throw calls.answer(act);
    }
    return new FilterInputStream(in) {
      private boolean closed;

      @Override
      public int read() throws IOException {
        return calls.ask(act, super::read);
      }

      @Override
      public int read(byte[] block, int from, int length) throws IOException {
        return calls.ask(act, () -> super.read(block, from, length));
      }

      @Override
      public void close() throws IOException {
        if (closed) {
          // The answer to a transfer comes once.
          return;
        }
        closed = true;
        calls.ask(
            act,
            () -> {
              super.close();
              return client.completePendingCommand();
            });
      }
    };
  }

  @Override
  public RemoteUpload write(TreePath file, long from, int permissions) throws IOException {
    String act = "writing " + file;
    String at = at(file);
    @Nullable OutputStream out =
        calls.<@Nullable OutputStream>ask(
            act,
            () -> {
              client.setRestartOffset(from);
              return client.storeFileStream(at);
            });
    if (out == null) {
      throw calls.answer(act);
    }
    return new FtpUpload(this, file, out);
  }

  /** Ends a transfer and says whether the server has it all. */
  boolean endTransfer(OutputStream out) throws IOException {
    out.close();
    return client.completePendingCommand();
  }

  void writeEmpty(TreePath file) throws IOException {
    try (RemoteUpload upload = write(file, 0, 0600)) {
      upload.write(new byte[0], 0, 0);
    }
  }

  /** Sets what the server keeps of a file that has just been written. */
  void metadata(TreePath file, Timestamp modified, int permissions) throws IOException {
    RemoteAbilities can = abilities();
    if (can.permissions()) {
      permissions(file, permissions);
    }
    if (can.times()) {
      modified(file, modified);
    }
  }

  @Override
  public void makeFolder(TreePath folder) throws IOException {
    String at = at(folder);
    calls.tell("making the folder " + folder, () -> client.makeDirectory(at));
  }

  @Override
  public void makeLink(TreePath link, byte[] to) throws IOException {
    throw new RemoteException(Kind.REFUSED, "making the link " + link + ": FTP knows no links");
  }

  @Override
  public void rename(TreePath from, TreePath to) throws IOException {
    try {
      renameOver(from, to);
    } catch (RemoteException e) {
      if (RemoteException.isLinkLost(e)) {
        throw e;
      }
      // It may not replace: then the old one is gone for a moment.
      removeFile(to);
      renameOver(from, to);
    }
  }

  void renameOver(TreePath from, TreePath to) throws IOException {
    String old = at(from);
    String name = at(to);
    calls.tell("renaming to " + to, () -> client.rename(old, name));
  }

  @Override
  public void removeFile(TreePath file) throws IOException {
    String at = at(file);
    if (!calls.ask("deleting " + file, () -> client.deleteFile(at))) {
      throw refusedOrAbsent("deleting " + file, file);
    }
  }

  @Override
  public void removeFolder(TreePath folder) throws IOException {
    String at = at(folder);
    if (!calls.ask("deleting " + folder, () -> client.removeDirectory(at))) {
      throw refusedOrAbsent("deleting " + folder, folder);
    }
  }

  private RemoteException refusedOrAbsent(String act, TreePath path) throws IOException {
    RemoteException answer = calls.answer(act);
    boolean absent = !RemoteException.isLinkLost(answer) && status(path).isEmpty();
    return absent ? new RemoteException(Kind.ABSENT, act + ": there is no such name") : answer;
  }

  @Override
  public void modified(TreePath path, Timestamp time) throws IOException {
    String at = at(path);
    String text = FtpLine.time(time);
    calls.tell(
        "setting the time of " + path,
        () -> {
          if (setsTimes) {
            return client.setModificationTime(at, text);
          }
          client.sendCommand("MDTM", text + " " + at);
          return calls.succeeded();
        });
  }

  @Override
  public void permissions(TreePath path, int permissions) throws IOException {
    String command = "CHMOD " + String.format(Locale.ROOT, "%04o", permissions) + " " + at(path);
    calls.tell("setting the mode of " + path, () -> client.sendSiteCommand(command));
  }

  @Override
  public void close() throws IOException {
    if (client.isConnected()) {
      client.disconnect();
    }
  }
}
