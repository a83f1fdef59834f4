package org.gemel.control.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.gemel.control.fake.Scenes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page as a person meets it, in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class ConsoleBrowserTest {
  private Site site;
  private Browser browser;

  @BeforeAll
  void open() {
    String missing = Browser.missing().orElse("");
    if (!missing.isEmpty()) {
      System.out.println("skipped: " + missing);
    }
    assumeTrue(missing.isEmpty(), missing);
    site = new Site(Scenes.normal());
    browser = Browser.start();
  }

  @AfterAll
  void close() {
    if (browser != null) {
      browser.close();
      site.close();
    }
  }

  @BeforeEach
  void logOut() {
    browser.driver().get(site.url() + "/login");
    browser.driver().manage().deleteAllCookies();
    site.control.asked.clear();
  }

  @Test
  @Tag("M-08")
  void aWrongPasswordIsRefusedAndARightOneShowsThePage() {
    browser.driver().get(site.url() + "/");
    browser.await(By.id("name")).sendKeys("admin");
    browser.driver().findElement(By.id("password")).sendKeys("wrong password\n");
    assertThat(browser.await(By.className("problem")).getText()).contains("Wrong name or password");
    browser.driver().findElement(By.id("password")).sendKeys(Site.PASSWORD + "\n");
    browser.await(By.id("main"));
    assertThat(browser.driver().findElement(By.className("who")).getText())
        .contains("administrator");
  }

  @Test
  @Tag("M-10")
  @Tag("M-15")
  void thePageFollowsTheFacilityAndKeepsTheFocus() {
    site.control.show(Scenes.normal());
    browser.logIn(site.url(), "admin");
    browser.awaitText("side-x", "main");
    WebElement focused = browser.driver().findElement(By.id("reboot-edit-1"));
    focused.sendKeys("");
    site.control.show(Scenes.split());
    browser.awaitText("headline", "Split since 02:40:11");
    browser.awaitText("side-y", "main");
    assertThat(browser.driver().switchTo().activeElement().getDomAttribute("id"))
        .isEqualTo("reboot-edit-1");
  }

  @Test
  @Tag("M-28")
  void thePointOfNoReturnIsConfirmedByKeyboardAndOnlyByTheRightName() {
    site.control.show(Scenes.normal());
    site.control.show(Scenes.atThePointOfNoReturn());
    browser.logIn(site.url(), "admin");
    browser.await(By.id("act-confirm-r-0042-11-confirm")).sendKeys(Keys.ENTER);
    WebElement field = browser.await(By.id("words"));
    assertThat(browser.driver().switchTo().activeElement()).isEqualTo(field);
    field.sendKeys("Y", Keys.ENTER);
    assertThat(browser.await(By.cssSelector("#dialog .problem")).getText()).contains("wanted X");
    browser.driver().switchTo().activeElement().sendKeys("X", Keys.ENTER);
    browser.awaitText("step-r-0042-11-confirm", "done");
    assertThat(site.control.asked).contains("CONFIRM 11-confirm X");
    browser.awaitText("run", "Start replication from Y.");
  }

  @Test
  @Tag("M-08")
  @Tag("B-05")
  void aViewerIsOfferedNothingAndReadsWhy() {
    site.control.show(Scenes.failures());
    browser.logIn(site.url(), "guest");
    assertThat(browser.driver().findElements(By.cssSelector("button.act"))).isEmpty();
    assertThat(browser.driver().findElement(By.id("viewer-note")).getText())
        .contains("you see everything");
    assertThat(browser.driver().findElement(By.id("headline")).getText())
        .contains("Step 7 waits since 03:12:38");
    assertThat(browser.driver().findElement(By.id("side-y-seen")).getText())
        .contains("assets as of 03:12:00, 40 s ago");
    assertThat(browser.driver().findElements(By.id("side-x-seen"))).isEmpty();
  }

  @Test
  @Tag("B-10")
  @Tag("B-11")
  void whatAStartWouldLoseIsShownBeforeItIsConfirmedAndApprovedByIt() {
    site.control.show(Scenes.atThePointOfNoReturn());
    browser.logIn(site.url(), "admin");
    browser.await(By.id("side-y-replication-start")).click();
    WebElement loss = browser.await(By.cssSelector("#loss table"));
    assertThat(loss.getText()).contains("public.assets", "Newest on X");
    browser.driver().findElement(By.id("join-instead")).click();
    browser.awaitText("dialog-title", "Join the databases again with Y as main");
    browser.await(By.cssSelector("#loss table"));
    assertThat(browser.driver().findElements(By.id("join-instead"))).isEmpty();
    browser.driver().findElement(By.id("confirm")).sendKeys("X", Keys.ENTER);
    browser.awaitClosed(By.id("dialog"));
    assertThat(site.control.asked.getLast()).contains("database-rejoin", "Y", "preview=");
  }

  @Test
  @Tag("M-21")
  void whatAStartWouldDropIsShownAndDroppedOnlyIfTicked() {
    site.control.show(Scenes.atThePointOfNoReturn());
    browser.logIn(site.url(), "admin");
    browser.await(By.id("side-y-replication-start")).click();
    WebElement drop = browser.await(By.id("drop"));
    assertThat(browser.driver().findElement(By.className("drops")).getText())
        .contains("Only X has these", "DROP TABLE public.drafts");
    assertThat(browser.driver().findElement(By.className("will")).getText())
        .contains("follows every change")
        .doesNotContain("--drop");
    assertThat(drop.isSelected()).isFalse();
    drop.click();
    browser.driver().findElement(By.id("confirm")).sendKeys("Y", Keys.ENTER);
    browser.await(By.cssSelector("#dialog .problem"));
    assertThat(browser.await(By.id("drop")).isSelected()).as("what was ticked stays").isTrue();
    browser.driver().findElement(By.id("confirm")).sendKeys("X", Keys.ENTER);
    browser.awaitClosed(By.id("dialog"));
    assertThat(site.control.dropped).isEqualTo("cd34");
  }

  @Test
  @Tag("B-10")
  @Tag("M-21")
  void aConfirmationWithinARunShowsWhatWouldBeLostAndDropped() {
    site.control.show(Scenes.atThePointOfNoReturn());
    browser.logIn(site.url(), "admin");
    browser.await(By.id("act-confirm-r-0042-11-confirm")).click();
    assertThat(browser.await(By.cssSelector("#loss table")).getText())
        .contains("public.assets", "Newest on X");
    assertThat(browser.driver().findElements(By.id("join-instead"))).isEmpty();
    browser.await(By.id("drop")).click();
    browser.driver().findElement(By.id("words")).sendKeys("X", Keys.ENTER);
    browser.awaitText("step-r-0042-11-confirm", "done");
    assertThat(site.control.asked.getLast()).isEqualTo("CONFIRM 11-confirm X");
    assertThat(site.control.dropped).isEqualTo("cd34");
  }

  @Test
  void aWorkflowIsChosenAndItsStepsAreShownBeforeItStarts() {
    site.control.show(Scenes.normal());
    browser.logIn(site.url(), "admin");
    browser.await(By.id("choose-workflow")).click();
    browser.await(By.id("workflow-switch-x-to-y")).click();
    assertThat(browser.await(By.className("preview")).getText()).contains("point of no return");
    assertThat(site.control.asked).isEmpty();
    browser.driver().findElement(By.cssSelector("input[value=guide]")).click();
    browser.driver().findElement(By.cssSelector("#dialog button[type=submit]")).click();
    browser.awaitText("run", "Waits for a person to do step 1.");
    assertThat(site.control.asked.getFirst()).contains("automatic=false");
  }
}
