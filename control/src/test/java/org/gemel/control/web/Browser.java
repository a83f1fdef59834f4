package org.gemel.control.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The system's Chromium without a window, with a profile of its own. */
final class Browser implements AutoCloseable {
  private final Path profile;
  private final ChromeDriver driver;

  private Browser(Path profile, ChromeDriver driver) {
    this.profile = profile;
    this.driver = driver;
  }

  /** Why there is none here; empty where there is. */
  static Optional<String> missing() {
    return find("chromium").isPresent() && find("chromedriver").isPresent()
        ? Optional.empty()
        : Optional.of(
            "found no chromium and chromedriver in PATH: apt-get install chromium chromium-driver");
  }

  static Browser start() {
    try {
      Path profile = Files.createTempDirectory("gemel-browser");
      ChromeOptions options = new ChromeOptions();
      options.setBinary(find("chromium").orElseThrow().toFile());
      options.addArguments(
          "--headless=new",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--disable-dev-shm-usage",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--user-data-dir=" + profile);
      ChromeDriverService service =
          new ChromeDriverService.Builder()
              .usingDriverExecutable(find("chromedriver").orElseThrow().toFile())
              .usingAnyFreePort()
              .build();
      return new Browser(profile, new ChromeDriver(service, options));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ChromeDriver driver() {
    return driver;
  }

  void logIn(String url, String name) {
    driver.get(url + "/login");
    driver.findElement(By.id("name")).sendKeys(name);
    driver.findElement(By.id("password")).sendKeys("correct horse\n");
    await(By.id("main"));
  }

  WebElement await(By what) {
    new WebDriverWait(driver, Duration.ofSeconds(10))
        .until(d -> d.findElements(what).stream().anyMatch(WebElement::isDisplayed));
    return driver.findElement(what);
  }

  void awaitClosed(By what) {
    new WebDriverWait(driver, Duration.ofSeconds(10))
        .until(d -> d.findElements(what).stream().noneMatch(WebElement::isDisplayed));
  }

  void awaitText(String id, String part) {
    new WebDriverWait(driver, Duration.ofSeconds(10))
        .until(d -> d.findElement(By.id(id)).getText().contains(part));
  }

  void look(boolean dark, int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  void picture(Path file) throws IOException {
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the browser's profile could not be removed", e);
    }
  }

  private static Optional<Path> find(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
