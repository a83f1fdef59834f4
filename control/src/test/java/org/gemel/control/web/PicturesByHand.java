package org.gemel.control.web;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.gemel.control.api.PairStatus;
import org.gemel.control.fake.Scenes;
import org.openqa.selenium.By;

/** Takes pictures of the console in every scene, to look at: {@code main FOLDER}. */
final class PicturesByHand {
  private PicturesByHand() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    Map<String, PairStatus> scenes =
        new TreeMap<>(
            Map.of(
                "normal", Scenes.normal(),
                "confirm", Scenes.atThePointOfNoReturn(),
                "failures", Scenes.failures(),
                "split", Scenes.split(),
                "unknown", Scenes.unknownSide()));
    try (Site site = new Site(Scenes.normal());
        Browser browser = Browser.start()) {
      browser.driver().get(site.url() + "/login");
      browser.look(false, 1440, 900);
      browser.picture(folder.resolve("login.png"));
      browser.logIn(site.url(), "admin");
      for (var scene : scenes.entrySet()) {
        site.control.show(scene.getValue());
        browser.awaitText("headline", scene.getValue().words());
        for (boolean dark : new boolean[] {false, true}) {
          String name = scene.getKey() + (dark ? "-dark" : "-light");
          browser.look(dark, 1440, 1150);
          browser.picture(folder.resolve(name + "-wide.png"));
          browser.look(dark, 390, 2600);
          browser.picture(folder.resolve(name + "-narrow.png"));
        }
      }
      site.control.show(Scenes.normal());
      browser.awaitText("headline", "X is main, Y follows it.");
      browser.look(false, 1440, 1000);
      dialog(browser, "choose-workflow", folder, "");
      browser.driver().findElement(By.id("workflow-switch-x-to-y")).click();
      browser.await(By.cssSelector(".preview"));
      browser.picture(folder.resolve("dialog-workflow.png"));
      browser.driver().findElement(By.cssSelector("[data-close]")).click();
      dialog(browser, "side-x-devices-switch", folder, "dialog-devices.png");
      site.control.show(Scenes.split());
      site.control.show(Scenes.atThePointOfNoReturn());
      browser.awaitText("headline", "does not follow yet");
      loss(browser, folder, "act-confirm-r-0042-11-confirm", "dialog-confirm");
      loss(browser, folder, "side-y-replication-start", "dialog-loss");
      browser.driver().get(site.url());
      browser.driver().manage().deleteAllCookies();
      browser.logIn(site.url(), "guest");
      browser.picture(folder.resolve("viewer.png"));
      site.server.stop();
      browser.awaitText("lost", "no connection since");
      browser.picture(folder.resolve("lost.png"));
    }
  }

  private static void loss(Browser browser, Path folder, String button, String name)
      throws Exception {
    browser.look(false, 1440, 1000);
    for (boolean dark : new boolean[] {false, true}) {
      browser.driver().findElement(By.id(button)).click();
      browser.await(By.cssSelector("#loss table"));
      for (int width : new int[] {1440, 390}) {
        browser.look(dark, width, 1000);
        browser.picture(folder.resolve(name + "-" + width + (dark ? "-dark" : "") + ".png"));
      }
      browser.look(dark, 1440, 1000);
      browser.driver().findElement(By.cssSelector("[data-close]")).click();
    }
  }

  private static void dialog(Browser browser, String button, Path folder, String name)
      throws Exception {
    browser.driver().findElement(By.id(button)).click();
    browser.await(By.id("dialog-title"));
    if (!name.isEmpty()) {
      browser.picture(folder.resolve(name));
      browser.driver().findElement(By.cssSelector("[data-close]")).click();
    }
  }
}
