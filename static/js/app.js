// Every page: the GOV.UK components that the product uses, and no others; and no form is lost without a connection.
import {
  Button,
  CharacterCount,
  ErrorSummary,
  NotificationBanner,
  ServiceNavigation,
  SkipLink,
  createAll,
} from "govuk-frontend";
import { keepFormsWithoutConnection } from "./connection.js";

// The kit's own template does this with an inline script, which the content security policy forbids.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

for (const component of [Button, CharacterCount, ErrorSummary, NotificationBanner, ServiceNavigation, SkipLink]) {
  createAll(component);
}

keepFormsWithoutConnection();
